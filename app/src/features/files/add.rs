//! Adding a file: what it shows, a word to it, and how large it is to be.

use super::photo::{self, Shown};
use crate::features::device;
use crate::figures::FILE_MOST;
use crate::language::*;
use crate::reactive::spawn_local;
use crate::replica::{core::SaveError, store::StoreError, use_replica};
use crate::ui::{Button, Dialog, Kind, Notice, Segments, Show, TextField, Tone};
use documents::{Attachment, AttachmentKind};
use domain::base::VisitId;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Blob, File, HtmlInputElement};

/// A file that was chosen and is not saved yet.
struct Chosen {
    file: File,
    smaller: Option<Blob>,
    shown: Option<Shown>,
}

impl Chosen {
    fn is_photo(&self) -> bool {
        self.file.type_().starts_with("image/")
    }

    fn is_too_large(&self) -> bool {
        self.file.size() > f64::from(FILE_MOST) * 1_048_576.0
    }
}

/// The buttons that take or choose a file, and what is asked then.
#[component]
pub fn AddFile(
    /// Whose record.
    subject: String,
    /// The visit it is taken at.
    visit: Option<VisitId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let open = RwSignal::new(false);
    let chosen = RwSignal::new_local(None::<Chosen>);
    let kind = RwSignal::new(AttachmentKind::Photo.as_str().to_owned());
    let size = RwSignal::new("whole".to_owned());
    let note = RwSignal::new(String::new());
    let error = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let kept = StoredValue::new((subject, visit));
    let choose = move |event: web_sys::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        // The same file can be chosen once more.
        input.set_value("");
        let is_photo = file.type_().starts_with("image/");
        kind.set(if is_photo { AttachmentKind::Photo } else { AttachmentKind::Pdf }.as_str().to_owned());
        size.set("whole".to_owned());
        note.set(String::new());
        error.set(String::new());
        spawn_local(async move {
            let shown = if is_photo {
                web_sys::Url::create_object_url_with_blob(&file).ok().map(Shown)
            } else {
                None
            };
            let smaller = if is_photo { photo::smaller(&file).await } else { None };
            chosen.set(Some(Chosen { file, smaller, shown }));
            open.set(true);
        });
    };
    let save = move |()| {
        let taken = chosen.with_untracked(|chosen| {
            let chosen = chosen.as_ref()?;
            let is_smaller = size.get_untracked() == "smaller";
            let smaller = chosen.smaller.clone().filter(|_| is_smaller);
            if chosen.is_too_large() && smaller.is_none() {
                return None;
            }
            Some(smaller.unwrap_or_else(|| chosen.file.clone().into()))
        });
        let Some(blob) = taken.filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            let (subject, visit) = kept.get_value();
            let entry = Attachment {
                kind: AttachmentKind::from(kind.get_untracked().as_str()),
                media_type: blob.type_(),
                note: note.get_untracked().trim().to_owned(),
                visit,
                ..Attachment::default()
            };
            let saved = match photo::read(&blob).await {
                Some(file) => replica.attach(&subject, entry, file).await,
                None => Err(SaveError::Store(StoreError::Storage)),
            };
            busy.set(false);
            match saved {
                Ok(()) => {
                    open.set(false);
                    chosen.set(None);
                }
                Err(SaveError::Store(StoreError::Full)) => error.set(td_string!(i18n, files.full).to_owned()),
                Err(_) => error.set(td_string!(i18n, common.failed).to_owned()),
            }
        });
    };
    let sizes = move || {
        chosen.with(|chosen| {
            let Some(Chosen { file, smaller: Some(smaller), .. }) = chosen else { return Vec::new() };
            let whole = td_string!(i18n, files.whole, size = device::size(file.size()));
            let smaller = td_string!(i18n, files.smaller, size = device::size(smaller.size()));
            vec![("whole".to_owned(), whole), ("smaller".to_owned(), smaller)]
        })
    };
    let kinds = vec![
        (AttachmentKind::Photo.as_str().to_owned(), td_string!(i18n, files.photo).to_owned()),
        (AttachmentKind::Ecg.as_str().to_owned(), td_string!(i18n, files.ecg).to_owned()),
    ];
    let is_photo = move || chosen.with(|chosen| chosen.as_ref().is_some_and(Chosen::is_photo));
    let too_large = move || {
        let smaller = size.get() == "smaller";
        chosen.with(|chosen| chosen.as_ref().is_some_and(Chosen::is_too_large)) && !smaller
    };
    view! {
        <div class="acts">
            <label class="go quiet pick">
                <input type="file" accept="image/*" capture="environment" on:change=choose/>
                <span>{td_string!(i18n, files.take)}</span>
            </label>
            <label class="go plain pick">
                <input type="file" accept="image/*,application/pdf" on:change=choose/>
                <span>{td_string!(i18n, files.choose)}</span>
            </label>
        </div>
        <Dialog open title=td_string!(i18n, files.add_title) id="add-file">
            {move || chosen.with(|chosen| {
                let chosen = chosen.as_ref()?;
                let about = format!("{} · {}", chosen.file.name(), device::size(chosen.file.size()));
                let picture = chosen.shown.as_ref().map(|shown| view! { <img class="picture small" src=shown.0.clone() alt=td_string!(i18n, files.preview)/> });
                Some(view! { {picture}<p class="soft">{about}</p> })
            })}
            <Show when=is_photo>
                <Segments label=td_string!(i18n, files.kind) options=kinds.clone() chosen=kind on_choose=move |value| kind.set(value)/>
            </Show>
            <Show when=move || !sizes().is_empty()>
                <Segments label=td_string!(i18n, files.size) options=Signal::derive(sizes) chosen=size on_choose=move |value| size.set(value)/>
            </Show>
            <TextField id="file-note" label=td_string!(i18n, files.note) hint=td_string!(i18n, files.note_hint) value=note/>
            <Show when=too_large>
                <Notice tone=Tone::Care>{td_string!(i18n, files.too_large, most = FILE_MOST)}</Notice>
            </Show>
            <Show when=move || !error.get().is_empty()><Notice tone=Tone::Care>{error}</Notice></Show>
            <div class="acts">
                <Button kind=Kind::Plain on_press=move |()| open.set(false)>{td_string!(i18n, common.cancel)}</Button>
                <Button disabled=busy on_press=save>{td_string!(i18n, files.save)}</Button>
            </div>
        </Dialog>
    }
}
