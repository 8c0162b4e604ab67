//! The files of a record, and one of them opened.

use super::{add::AddFile, photo};
use crate::clock;
use crate::features::{
    device::{self, save_file},
    staff_name,
};
use crate::language::*;
use crate::reactive::{loaded, spawn_local};
use crate::replica::{blobs::Unseen, outbox::Deed, use_replica};
use crate::ui::{Button, Dialog, Glyph, Icon, Kind, Notice, Show, TextField, Tone};
use crate::words;
use documents::{Attachment, AttachmentKind, Voided};
use domain::base::{StaffId, VisitId};
use leptos::prelude::*;

/// What one looks at.
#[derive(Clone)]
enum Seen {
    Fetching,
    Photo(std::rc::Rc<photo::Shown>),
    Other(std::sync::Arc<Vec<u8>>),
    Not(Unseen),
}

/// The files of a record, or of one visit of it, newest first, and the way to add one.
#[component]
pub fn Files(
    /// Whose.
    subject: String,
    /// Only those of this visit; new ones belong to it.
    #[prop(optional_no_strip)]
    visit: Option<VisitId>,
    /// Whether one may add and void.
    writable: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let opened = RwSignal::new_local(None::<Attachment>);
    let of_visit = visit.clone();
    let whose = StoredValue::new(subject.clone());
    let found = loaded(move || {
        let (subject, visit) = (whose.get_value(), of_visit.clone());
        replica.track(&subject);
        async move {
            let file = replica.resident(&subject).await.ok().flatten();
            let all = file.map(|file| file.record.attachments.clone()).unwrap_or_default();
            let here = |attachment: &Attachment| visit.is_none() || attachment.visit == visit;
            all.into_iter().rev().filter(here).collect::<Vec<_>>()
        }
    });
    view! {
        <section class="sheet pad stack" data-testid="files">
            <h2>{td_string!(i18n, files.title)}</h2>
            {move || found.get().filter(|all| !all.is_empty()).map(|all| view! {
                <ul class="lines">{all.into_iter().map(|attachment| view! { <Line attachment opened/> }).collect_view()}</ul>
            })}
            {writable.then(|| view! { <AddFile subject=subject.clone() visit/> })}
            {move || opened.get().map(|attachment| view! {
                <Opened subject=subject.clone() attachment opened writable/>
            })}
        </section>
    }
}

fn kind_words(i18n: Language, attachment: &Attachment) -> String {
    match &attachment.kind {
        AttachmentKind::Photo => td_string!(i18n, files.photo).to_owned(),
        AttachmentKind::Ecg => td_string!(i18n, files.ecg).to_owned(),
        AttachmentKind::Pdf => td_string!(i18n, files.pdf).to_owned(),
        AttachmentKind::Unknown(_) => td_string!(i18n, files.other).to_owned(),
    }
}

fn name(i18n: Language, attachment: &Attachment) -> String {
    match attachment.note.as_str() {
        "" => kind_words(i18n, attachment),
        note => format!("{} · {note}", kind_words(i18n, attachment)),
    }
}

#[component]
fn Line(attachment: Attachment, opened: RwSignal<Option<Attachment>, LocalStorage>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let glyph = match attachment.kind {
        AttachmentKind::Photo => Glyph::Eye,
        AttachmentKind::Ecg => Glyph::Heart,
        _ => Glyph::Paper,
    };
    let about = format!(
        "{} · {} · {}",
        words::date_time(i18n, attachment.taken_at),
        staff_name(&attachment.by),
        device::size(attachment.size as f64)
    );
    let voided =
        attachment.voided.as_ref().map(|void| td_string!(i18n, files.voided, reason = void.reason.clone()));
    let unsent = replica.is_unsent(&attachment);
    let (named, sent) = (name(i18n, &attachment), attachment.clone());
    let state = move || {
        let text = match replica.upload_of(&sent) {
            Some(percent) => td_string!(i18n, files.sending, percent = percent),
            None => td_string!(i18n, files.waiting).to_owned(),
        };
        view! { <span class="tag" data-testid="file-state">{text}</span> }
    };
    view! {
        <li>
            <button type="button" class="file" on:click=move |_| opened.set(Some(attachment.clone()))>
                <Icon name=glyph/>
                <span><b>{named}</b><span class="soft">{about}</span>{voided.map(|text| view! { <span class="soft">{text}</span> })}</span>
            </button>
            {unsent.then_some(state)}
        </li>
    }
}

#[component]
fn Opened(
    subject: String,
    attachment: Attachment,
    opened: RwSignal<Option<Attachment>, LocalStorage>,
    writable: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let open = RwSignal::new(true);
    let seen = RwSignal::new_local(Seen::Fetching);
    let voiding = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let error = RwSignal::new(String::new());
    let kept = StoredValue::new((subject, attachment.clone()));
    let look = move || {
        seen.set(Seen::Fetching);
        spawn_local(async move {
            let (subject, attachment) = kept.get_value();
            let got = match replica.attached(&subject, &attachment).await {
                Err(unseen) => Seen::Not(unseen),
                Ok(bytes) if attachment.media_type.starts_with("image/") => {
                    match photo::show(&bytes, &attachment.media_type) {
                        Some(shown) => Seen::Photo(shown.into()),
                        None => Seen::Not(Unseen::Damaged),
                    }
                }
                Ok(bytes) => Seen::Other(bytes.into()),
            };
            let _ = seen.try_set(got);
        });
    };
    look();
    // Closed with Escape too.
    crate::reactive::effect(move || {
        if !open.get() {
            opened.set(None);
        }
    });
    let void = move |()| {
        let (subject, attachment) = kept.get_value();
        let reason = reason.get_untracked().trim().to_owned();
        if reason.is_empty() {
            error.set(td_string!(i18n, residents.void_need_reason).to_owned());
            return;
        }
        let void = Voided { reason, by: StaffId::new(replica.account().account), at: clock::now() };
        spawn_local(async move {
            let id = attachment.id.to_string();
            let edit = replica.on_record(&subject, Box::new(move |tx| tx.void_attachment(&id, &void)));
            match replica.save(Deed::Void, &subject, edit.into_iter().collect(), None).await {
                Ok(()) => open.set(false),
                Err(_) => error.set(td_string!(i18n, common.failed).to_owned()),
            }
        });
    };
    let said = move |unseen: Unseen| match unseen {
        Unseen::Offline => td_string!(i18n, files.offline),
        Unseen::Missing => td_string!(i18n, files.missing),
        Unseen::Damaged => td_string!(i18n, files.damaged),
    };
    let title = name(i18n, &attachment);
    let alt = title.clone();
    let may_void = writable && attachment.voided.is_none();
    view! {
        <Dialog open title id="opened-file">
            {move || match seen.get() {
                Seen::Fetching => view! { <p class="soft" role="status">{td_string!(i18n, files.fetching)}</p> }.into_any(),
                Seen::Photo(shown) => view! { <img class="picture" src=shown.0.clone() alt=alt.clone()/> }.into_any(),
                Seen::Other(bytes) => {
                    let save = move |()| {
                        let name = kept.with_value(|(_, attachment)| attachment.id.to_string()) + ".pdf";
                        if save_file(&name, &bytes).is_err() {
                            error.set(td_string!(i18n, common.failed).to_owned());
                        }
                    };
                    view! {
                        <p>{td_string!(i18n, files.copy_why)}</p>
                        <div><Button kind=Kind::Quiet icon=Glyph::Paper on_press=save>{td_string!(i18n, files.copy)}</Button></div>
                    }.into_any()
                }
                Seen::Not(unseen) => view! {
                    <Notice tone=Tone::Care>{said(unseen)}</Notice>
                    <div><Button kind=Kind::Quiet icon=Glyph::Sync on_press=move |()| look()>{td_string!(i18n, files.again)}</Button></div>
                }.into_any(),
            }}
            <Show when=move || voiding.get()>
                <TextField id="file-void" label=td_string!(i18n, residents.void_reason) value=reason error/>
            </Show>
            <div class="acts">
                {may_void.then(|| view! {
                    <Button kind=Kind::Risk on_press=move |()| if voiding.get_untracked() { void(()) } else { voiding.set(true) }>
                        {td_string!(i18n, residents.void)}
                    </Button>
                })}
                <Button on_press=move |()| open.set(false)>{td_string!(i18n, files.close)}</Button>
            </div>
        </Dialog>
    }
}
