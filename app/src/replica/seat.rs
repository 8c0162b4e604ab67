//! Who of several tabs has the socket: the one that somebody looks at. Events in, effects out.
//!
//! A Web Lock is the seat. A visible tab without it asks the one that has it. A hidden one finishes and leaves, a visible one
//! stays, and one that does not answer is frozen or dead: then the seat is taken.

use super::word::Word;

/// How long a visible tab waits before it asks again, in ms.
const PAUSE: i64 = 2_000;
/// How long it waits for an answer.
const PATIENCE: i64 = 3_000;

/// Where this tab stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum At {
    /// Without the socket; asks not before this moment.
    Outside { patient: i64 },
    /// Has asked, at this moment.
    Asked(i64),
    /// Is taking the seat.
    Taking,
    /// Has the socket.
    Seated,
    /// Is finishing for another tab.
    Leaving(String),
}

/// This tab's view of the seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    me: String,
    at: At,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// Time has passed, or the page was shown or hidden.
    Look,
    /// Another tab said something.
    Heard(&'a Word),
    /// The lock is this tab's.
    Granted,
    /// Another tab took the lock.
    Robbed,
    /// The socket is closed and everything it brought is stored.
    Left,
}

/// What the tab must do, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Say this to the other tabs.
    Say(Word),
    /// Take the lock by force.
    Steal,
    /// Wait for the lock again, behind the others.
    Queue,
    /// Open the socket.
    Start,
    /// Close the socket; answered by [`Event::Left`].
    Stop,
}

impl Seat {
    /// Begins outside, as the tab `me`.
    #[must_use]
    pub fn new(me: String) -> Self {
        Self { me, at: At::Outside { patient: 0 } }
    }

    /// Takes what happened at `now`, in ms, in a page that is `visible` or not.
    pub fn handle(&mut self, event: Event<'_>, now: i64, visible: bool) -> Vec<Effect> {
        match event {
            Event::Look => self.look(now, visible),
            Event::Heard(Word::Want(who)) if self.at == At::Seated => {
                if visible {
                    return vec![Effect::Say(Word::Kept)];
                }
                self.at = At::Leaving(who.clone());
                vec![Effect::Stop]
            }
            Event::Heard(Word::Kept) if matches!(self.at, At::Asked(_)) => {
                self.at = At::Outside { patient: now + PAUSE };
                Vec::new()
            }
            Event::Heard(Word::Yours(who)) if *who == self.me && matches!(self.at, At::Asked(_)) => {
                self.at = At::Taking;
                vec![Effect::Steal]
            }
            Event::Heard(_) => Vec::new(),
            Event::Granted => {
                self.at = At::Seated;
                vec![Effect::Start]
            }
            Event::Robbed => {
                let had = matches!(self.at, At::Seated | At::Leaving(_));
                self.at = At::Outside { patient: now + PAUSE };
                if had { vec![Effect::Stop, Effect::Queue] } else { vec![Effect::Queue] }
            }
            Event::Left => match std::mem::replace(&mut self.at, At::Outside { patient: now + PAUSE }) {
                At::Leaving(who) => vec![Effect::Say(Word::Yours(who))],
                other => {
                    self.at = other;
                    Vec::new()
                }
            },
        }
    }

    fn look(&mut self, now: i64, visible: bool) -> Vec<Effect> {
        match self.at {
            At::Outside { patient } if visible && now >= patient => {
                self.at = At::Asked(now);
                vec![Effect::Say(Word::Want(self.me.clone()))]
            }
            At::Asked(_) if !visible => {
                self.at = At::Outside { patient: 0 };
                Vec::new()
            }
            At::Asked(since) if now - since >= PATIENCE => {
                self.at = At::Taking;
                vec![Effect::Steal]
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
