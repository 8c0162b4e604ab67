//! A file that was exported, taken in.

use super::files;
use crate::language::*;
use crate::reactive::spawn_local;
use crate::replica::{
    parcel::{Parcel, ParcelError},
    use_replica,
};
use crate::ui::{Button, Glyph, Kind, Notice, Show, TextField, Tone};
use leptos::{html, prelude::*};

/// Asks for a file and its passphrase, and takes in what is not here.
#[component]
pub(super) fn Import(done: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let file = NodeRef::<html::Input>::new();
    let passphrase = RwSignal::new(String::new());
    let error = RwSignal::new(String::new());
    let taken = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let go = move |()| {
        error.set(String::new());
        taken.set(None);
        busy.set(true);
        spawn_local(async move {
            let read = async {
                let input = file.get_untracked().ok_or(ParcelError::Other)?;
                let content = files::chosen(input).await.ok_or(ParcelError::Other)?;
                let parcel = Parcel::open(&content, &passphrase.get_untracked()).await?;
                replica.core().unpack(parcel).await
            };
            match read.await {
                Ok(found) => {
                    passphrase.set(String::new());
                    taken.set(Some(td_string!(
                        i18n,
                        device.imported,
                        deeds = found.deeds,
                        drafts = found.drafts
                    )));
                    done.run(());
                }
                Err(problem) => error.set(
                    match problem {
                        ParcelError::Other => td_string!(i18n, device.import_other),
                        ParcelError::Passphrase => td_string!(i18n, device.import_passphrase),
                        ParcelError::Stranger => td_string!(i18n, device.import_stranger),
                        ParcelError::Device => td_string!(i18n, device.import_failed),
                    }
                    .to_owned(),
                ),
            }
            busy.set(false);
        });
    };
    view! {
        <section class="sheet pad stack">
            <h2>{td_string!(i18n, device.import)}</h2>
            <p class="soft">{td_string!(i18n, device.import_why)}</p>
            <div class="field">
                <label for="import-file">{td_string!(i18n, device.file)}</label>
                <input id="import-file" type="file" accept=".xye" node_ref=file/>
            </div>
            <TextField id="import-passphrase" label=td_string!(i18n, device.passphrase) value=passphrase error kind="password"/>
            <Button kind=Kind::Quiet icon=Glyph::Plus disabled=busy on_press=go>
                {move || if busy.get() { td_string!(i18n, device.importing) } else { td_string!(i18n, device.import_go) }}
            </Button>
            <Show when=move || taken.with(Option::is_some)>
                <Notice tone=Tone::Good>{move || taken.get()}</Notice>
            </Show>
        </section>
    }
}
