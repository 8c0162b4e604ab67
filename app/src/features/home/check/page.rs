//! The self-check: what hurts, one question a screen, how soon to be seen. Nothing of it is kept.

use super::result::{Calls, Told, Unavailable};
use super::{Check, Event, MOST, Next, Outcome, Step, everyday, next};
use crate::clock;
use crate::features::home::{chosen::use_chosen, reading_page::call_number};
use crate::features::sync::SyncStatus;
use crate::guide::{State as Standing, person_case, use_guide};
use crate::language::*;
use crate::reactive::{derived, effect, loaded, memo};
use crate::replica::{files::ResidentFile, use_replica};
use crate::ui::{Button, ButtonLink, Chip, Chips, Empty, ErrorSummary, Glyph, Kind, Notice, TextField, Tone};
use guide::{Advice, Case, Level, Question, Reply, Request, State};
use leptos::prelude::*;
use std::rc::Rc;

/// How many everyday words are shown at once.
const WORDS: usize = 3;

/// The page.
#[component]
pub fn CheckPage() -> impl IntoView {
    let i18n = use_i18n();
    let (replica, chosen) = (use_replica(), use_chosen());
    // Read once: what arrives meanwhile does not take the page from under somebody's hands.
    let found = loaded(move || {
        let subject = chosen.subject();
        async move { replica.resident(&subject?).await.ok().flatten() }
    });
    let name = move || found.get().flatten().map(|file| file.person.name.clone());
    view! {
        <div class="resident-home stack wide">
            <header class="bar">
                <div class="grow"><h1>{td_string!(i18n, check.title)}</h1><div class="soft">{name}</div></div>
                <SyncStatus/>
            </header>
            {move || match found.get() {
                None => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
                Some(None) => view! {
                    <Empty icon=Glyph::Sync title=td_string!(i18n, home.not_here)><p>{td_string!(i18n, home.not_here_hint)}</p></Empty>
                }.into_any(),
                Some(Some(file)) => view! { <Flow file/> }.into_any(),
            }}
        </div>
    }
}

/// What is on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Screen {
    Words,
    Waiting,
    Question(Question),
    Result(Outcome),
    Unavailable,
}

/// What was answered to which case; nothing while nothing was asked.
type Heard = Option<Result<Rc<(Case, Advice)>, ()>>;

/// The flow's state.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    check: RwSignal<Check>,
    screen: RwSignal<Screen>,
    person: StoredValue<Case>,
    pub phone: StoredValue<Option<String>>,
}

impl Desk {
    pub fn send(self, event: Event) {
        self.check.update(|check| check.update(event));
    }

    /// Returns the case as it stands.
    pub fn case(self) -> Case {
        self.check.with(|check| self.person.with_value(|person| check.case(person.clone())))
    }

    fn show(self, screen: Screen) {
        if self.screen.with_untracked(|shown| *shown != screen) {
            self.screen.set(screen);
        }
    }

    /// Shows what follows from an answer to the case as it stands; an older one is passed over.
    fn hear(self, heard: &Heard) {
        let Some(heard) = heard else { return };
        let Ok(told) = heard else { return self.show(Screen::Unavailable) };
        if told.0 != untrack(|| self.case()) {
            return;
        }
        match self.check.with_untracked(|check| next(check, &told.1)) {
            Next::Ask(question) => self.show(Screen::Question(question)),
            Next::Skip(finding) => self.send(Event::Skip(finding)),
            Next::End(outcome) => self.show(Screen::Result(outcome)),
        }
    }
}

#[component]
fn Flow(file: Rc<ResidentFile>) -> impl IntoView {
    let guide = use_guide();
    let desk = Desk {
        check: RwSignal::new(Check::default()),
        screen: RwSignal::new(Screen::Words),
        person: StoredValue::new(person_case(&file, clock::today())),
        phone: StoredValue::new(call_number(use_replica(), &file)),
    };
    // Once somebody knows enough, the case is the same and the step is not.
    let step = memo(move || desk.check.with(|check| check.step));
    let case = memo(move || (step.get() != Step::Words).then(|| desk.case()));
    let heard = loaded(move || {
        let case = case.get();
        async move {
            let case = case?;
            Some(match guide.ask(Request::Advise(case.clone())).await {
                Ok(Reply::Advice(advice)) => Ok(Rc::new((case, advice))),
                _ => Err(()),
            })
        }
    });
    effect(move || match step.get() {
        Step::Words => desk.show(Screen::Words),
        Step::Questions | Step::Result => match heard.get() {
            Some(heard) => desk.hear(&heard),
            None => desk.show(Screen::Waiting),
        },
    });
    effect(move || {
        desk.screen.track();
        window().scroll_to_with_x_and_y(0.0, 0.0);
    });
    view! {
        <div class="question" data-testid="check">
            {move || match desk.screen.get() {
                Screen::Words if matches!(guide.state(), Standing::Missing { .. }) => view! { <Unavailable desk/> }.into_any(),
                Screen::Words => view! { <Words desk/> }.into_any(),
                Screen::Waiting => view! { <Waiting desk/> }.into_any(),
                Screen::Question(question) => view! { <Ask desk question/> }.into_any(),
                Screen::Result(outcome) => view! { <Told desk outcome/> }.into_any(),
                Screen::Unavailable => view! { <Unavailable desk/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Words(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let text = RwSignal::new(desk.check.with_untracked(|check| check.text.clone()));
    effect(move || desk.send(Event::Text(text.get())));
    let words = StoredValue::new(everyday(td_string!(i18n, check.words)));
    let first = RwSignal::new(0_usize);
    let options = derived(move || {
        let shown = |words: &Vec<(String, String)>| {
            let shown = words.iter().cycle().skip(first.get()).take(WORDS.min(words.len()));
            shown.map(|(finding, label)| Chip::new(finding.clone(), label.clone())).collect::<Vec<_>>()
        };
        words.with_value(shown)
    });
    // What was tapped before the words were changed for others stays in sight.
    let options = derived(move || {
        let mut all = options.get();
        let tapped = desk.check.with(|check| check.tapped.clone());
        let label = |finding: &String| {
            words.with_value(|words| {
                words.iter().find(|(id, _)| id == finding).map(|(_, label)| label.clone())
            })
        };
        for finding in tapped {
            if !all.iter().any(|chip| chip.value == finding)
                && let Some(label) = label(&finding)
            {
                all.push(Chip::new(finding, label));
            }
        }
        all
    });
    let chosen = derived(move || desk.check.with(|check| check.tapped.clone()));
    let wrong = RwSignal::new(false);
    let items = derived(move || match wrong.get() {
        true => vec![("where".to_owned(), td_string!(i18n, check.need_words).to_owned())],
        false => Vec::new(),
    });
    let go = move |()| {
        let is_begun = desk.check.with_untracked(Check::is_begun);
        wrong.set(!is_begun);
        if is_begun {
            desk.show(Screen::Waiting);
            desk.send(Event::Go);
        }
    };
    let others = move |()| first.update(|first| *first += WORDS);
    view! {
        <ErrorSummary title=td_string!(i18n, check.problem) items/>
        <Notice tone=Tone::Life>{td_string!(i18n, check.danger)}</Notice>
        <form class="stack" on:submit=move |event| { event.prevent_default(); go(()); }>
            <TextField id="where" label=td_string!(i18n, check.ask) hint=td_string!(i18n, check.ask_hint) value=text/>
            <p class="soft">{td_string!(i18n, check.tap)}</p>
            <Chips label=td_string!(i18n, check.tap) options chosen on_toggle=move |finding: String| desk.send(Event::Tap(finding))/>
            <div><Button kind=Kind::Plain on_press=others>{td_string!(i18n, check.others)}</Button></div>
        </form>
        <p class="soft">{td_string!(i18n, check.not)}</p>
        <div class="foot">
            <ButtonLink href="/home" kind=Kind::Plain icon=Glyph::Back>{td_string!(i18n, common.back)}</ButtonLink>
            <Button on_press=go>{td_string!(i18n, check.next)}</Button>
        </div>
    }
}

#[component]
fn Waiting(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p role="status">{td_string!(i18n, check.wait)}</p>
        <Calls desk level=Level::Day/>
    }
}

#[component]
fn Ask(desk: Desk, question: Question) -> impl IntoView {
    let i18n = use_i18n();
    let number = desk.check.with_untracked(|check| {
        let again = check.answered.iter().position(|told| told.finding == question.finding);
        again.unwrap_or(check.answered.len()) + 1
    });
    let finding = StoredValue::new(question.finding);
    let answer = move |state: State| desk.send(Event::Answer(finding.get_value(), state));
    let card = move |state: State, words: &'static str| {
        view! { <Button kind=Kind::Quiet wide=true on_press=move |()| answer(state)>{words}</Button> }
    };
    view! {
        <div class="stack" role="status">
            <p class="soft">{td_string!(i18n, check.count, count = number, most = MOST)}</p>
            <h2 class="lead">{question.text}</h2>
        </div>
        <div class="stack">
            {card(State::Present, td_string!(i18n, check.yes))}
            {card(State::Absent, td_string!(i18n, check.no))}
            {card(State::Unknown, td_string!(i18n, check.unsure))}
        </div>
        <div class="foot">
            <Button kind=Kind::Plain icon=Glyph::Back on_press=move |()| desk.send(Event::Back)>{td_string!(i18n, check.back)}</Button>
            <Button kind=Kind::Plain on_press=move |()| desk.send(Event::Leave)>{td_string!(i18n, check.leave)}</Button>
        </div>
    }
}
