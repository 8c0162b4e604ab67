//! Usual doses.

use super::{Guide, patient, translate};
use crate::{Dose, Patient};
use medicines::Route;

impl Guide {
    /// Returns the usual doses of a medicine for this patient; none for an unknown id.
    pub(super) fn doses(&self, id: &str, of: &Patient) -> Vec<Dose> {
        let usual = self.medicines.usual_dose(id, &patient::patient(of)).into_iter();
        usual
            .map(|dose| Dose {
                route: route(dose.route).to_owned(),
                route_name: self.route_name(dose.route),
                unit: dose.unit,
                single: dose.single,
                times: dose.times,
                most_single: dose.max_single,
                most_day: dose.max_day,
                weight: dose.weight_kg.map(|kg| u32::from(translate::whole(kg * 10.0)) * 100),
                weight_guessed: dose.weight_guessed,
                purpose: dose.purpose,
                source: self.source_of_medicines(&dose.source),
                organs: dose.organs.into_iter().map(|finding| self.flag(finding)).collect(),
            })
            .collect()
    }

    /// Returns the first word of a route.
    fn route_name(&self, of: Route) -> String {
        let words = self.medicines.knowledge().words.routes.get(&of);
        words.and_then(|words| words.first()).cloned().unwrap_or_else(|| route(of).to_owned())
    }
}

/// Returns the word for a route that a line takes.
fn route(of: Route) -> &'static str {
    match of {
        Route::Po => "po",
        Route::Iv => "iv",
        Route::Im => "im",
        Route::Sc => "sc",
        Route::Sl => "sl",
        Route::Inhaled => "inhaled",
        Route::Rectal => "rectal",
        Route::Patch => "patch",
        Route::Vaginal => "vaginal",
        Route::Topical => "topical",
        Route::Eye => "eye",
        Route::Ear => "ear",
        Route::Nasal => "nasal",
        Route::Mouth => "mouth",
    }
}
