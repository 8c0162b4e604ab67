//! What the device learns when the server answers: its clock, who somebody is now, and that the lease begins anew.

use super::Core;
use crate::replica::{
    account::{self, Met},
    lease::against_server,
    profile::{self, Profile},
};

impl Core {
    /// Takes an answer of the server to this person.
    pub(in crate::replica) async fn met(&self, met: Met) {
        let Met { account, time, ahead } = met;
        self.store.health.change(|health| {
            health.clock = against_server(ahead);
            health.lease = None;
        });
        let (name, epoch) = (self.account.account.clone(), account.epoch.clone());
        // What cannot be written now is written when the server next answers.
        let known = profile::change(&name, Box::new(|profile| profile.met(account, time))).await;
        let Some(recovery) = known.ok().and_then(|profile| profile.lock.recovery) else { return };
        if recovery.epoch == epoch && !recovery.sealed.is_empty() {
            return;
        }
        let Ok(key) = recovery.key(self.store.vault()).await else { return };
        if let Ok(sealed) = account::seal_key(&key).await {
            let keep = |profile: &mut Profile| {
                // Not the one of a lock that was made meanwhile.
                if let Some(known) = profile.lock.recovery.as_mut().filter(|known| known.is(&recovery)) {
                    known.sealed = sealed;
                    known.epoch = epoch;
                }
            };
            let _ = profile::change(&name, Box::new(keep)).await;
        }
    }
}
