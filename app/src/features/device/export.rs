//! What was not sent, as a file.

use super::{
    files,
    view_model::{Weak, weak},
};
use crate::clock;
use crate::figures::PASSPHRASE_LEAST;
use crate::language::*;
use crate::reactive::spawn_local;
use crate::replica::{core::Unsent, parcel::ParcelError, use_replica};
use crate::ui::{Button, Glyph, Kind, Notice, Show, TextField, Tone};
use leptos::prelude::*;

/// Asks for a passphrase and saves the file; tells what is in it.
#[component]
pub(super) fn Export(exported: RwSignal<Option<Unsent>>, done: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let (passphrase, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let error = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let go = move |()| {
        error.set(String::new());
        match weak(&passphrase.get_untracked(), &again.get_untracked()) {
            Some(Weak::Short) => {
                error.set(td_string!(i18n, device.passphrase_short, count = PASSPHRASE_LEAST));
            }
            Some(Weak::Differ) => error.set(td_string!(i18n, device.passphrase_differs).to_owned()),
            None => {
                busy.set(true);
                spawn_local(async move {
                    let core = replica.core();
                    let secret = passphrase.get_untracked();
                    let written = async {
                        let unsent = core.unsent().await.map_err(|_| ParcelError::Device)?;
                        let parcel = core.pack().await.map_err(|_| ParcelError::Device)?;
                        let file = parcel.seal(&secret).await?;
                        let name =
                            ["xiangyi-", &core.account.account, "-", &clock::today().to_string(), ".xye"]
                                .concat();
                        files::save(&name, &file).map_err(|_| ParcelError::Device)?;
                        Ok::<Unsent, ParcelError>(unsent)
                    };
                    match written.await {
                        Ok(unsent) => {
                            exported.set(Some(unsent));
                            passphrase.set(String::new());
                            again.set(String::new());
                            done.run(());
                        }
                        Err(_) => error.set(td_string!(i18n, device.export_failed).to_owned()),
                    }
                    busy.set(false);
                });
            }
        }
    };
    view! {
        <section class="sheet pad stack">
            <h2>{td_string!(i18n, device.export)}</h2>
            <p class="soft">{td_string!(i18n, device.export_why)}</p>
            <TextField id="passphrase" label=td_string!(i18n, device.passphrase) hint=td_string!(i18n, device.passphrase_hint, count = PASSPHRASE_LEAST)
                value=passphrase error kind="password" autocomplete="new-password"/>
            <TextField id="passphrase-again" label=td_string!(i18n, device.passphrase_again) value=again kind="password" autocomplete="new-password"/>
            <Button kind=Kind::Quiet icon=Glyph::Upload disabled=busy on_press=go>
                {move || if busy.get() { td_string!(i18n, device.exporting) } else { td_string!(i18n, device.export_go) }}
            </Button>
            <Show when=move || exported.get().is_some()>
                <Notice tone=Tone::Good>{td_string!(i18n, device.exported)}</Notice>
            </Show>
        </section>
    }
}
