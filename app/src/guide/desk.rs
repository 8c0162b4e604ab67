//! Who waits for which answer, and the worker that gives it: at most one, started again once when it dies.

use super::line::{Heard, Line};
use super::words::{State, heard};
use crate::reactive::spawn_local;
use futures::channel::oneshot::{Receiver, Sender, channel};
use leptos::prelude::*;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Where questions are put.
#[derive(Clone, Default)]
pub(super) struct Desk(Rc<RefCell<Inner>>);

#[derive(Default)]
struct Inner {
    line: Option<Line>,
    waiting: Waiting,
    died: bool,
}

impl Desk {
    /// Starts the worker, unless it runs; `state` follows what it says of itself.
    pub(super) fn start(&self, state: RwSignal<State>) {
        if self.0.borrow().line.is_some() {
            return;
        }
        let desk = self.clone();
        let line = Line::open(move |said| desk.hear(said, state));
        if line.is_none() {
            let _ = state.try_set(State::Missing { damaged: false });
        }
        self.0.borrow_mut().line = line;
    }

    /// Puts a question; its answer is lost when the worker cannot give it, and there is none without a worker.
    pub(super) fn ask(&self, question: &str) -> Option<Receiver<String>> {
        let mut inner = self.0.borrow_mut();
        let (number, answer) = inner.waiting.ask();
        inner.line.as_ref()?.send(number, question);
        Some(answer)
    }

    /// Lets the worker look for newer knowledge.
    pub(super) fn look(&self) {
        if let Some(line) = &self.0.borrow().line {
            line.look();
        }
    }

    /// Ends the worker and whatever waits for it.
    pub(super) fn close(&self) {
        let line = self.0.take().line;
        drop(line);
    }

    fn hear(&self, said: Heard, state: RwSignal<State>) {
        match said {
            Heard::Answer(number, answer) => self.0.borrow_mut().waiting.answer(number, answer),
            Heard::Said(text) => match heard(&text) {
                None => self.mourn(state),
                Some(missing @ State::Missing { .. }) => self.give_up(state, missing),
                Some(ready) => drop(state.try_set(ready)),
            },
            Heard::Failed => self.mourn(state),
        }
    }

    /// Starts a dead worker again, once.
    fn mourn(&self, state: RwSignal<State>) {
        let was_ready = state.try_get_untracked().is_some_and(|state| matches!(state, State::Ready { .. }));
        if std::mem::replace(&mut self.0.borrow_mut().died, true) {
            self.give_up(state, State::Missing { damaged: was_ready });
            return;
        }
        self.give_up(state, State::Waiting);
        let desk = self.clone();
        spawn_local(async move { desk.start(state) });
    }

    fn give_up(&self, state: RwSignal<State>, now: State) {
        let line = {
            let mut inner = self.0.borrow_mut();
            inner.waiting = Waiting { last: inner.waiting.last, ..Waiting::default() };
            inner.line.take()
        };
        // This may run in a listener of the line: it goes afterwards.
        spawn_local(async move { drop(line) });
        let _ = state.try_set(now);
    }
}

/// Questions without an answer so far, by their number.
#[derive(Default)]
struct Waiting {
    last: u32,
    of: BTreeMap<u32, Sender<String>>,
}

impl Waiting {
    fn ask(&mut self) -> (u32, Receiver<String>) {
        let (sender, answer) = channel();
        self.last += 1;
        self.of.insert(self.last, sender);
        (self.last, answer)
    }

    fn answer(&mut self, number: u32, answer: Option<String>) {
        if let (Some(sender), Some(answer)) = (self.of.remove(&number), answer) {
            // Whoever asked may be gone.
            let _ = sender.send(answer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_goes_to_its_question_whatever_the_order() {
        let mut waiting = Waiting::default();
        let ((one, mut first), (two, mut second)) = (waiting.ask(), waiting.ask());
        waiting.answer(two, Some("b".to_owned()));
        waiting.answer(one, Some("a".to_owned()));
        assert_eq!(first.try_recv(), Ok(Some("a".to_owned())));
        assert_eq!(second.try_recv(), Ok(Some("b".to_owned())));
    }

    #[test]
    fn nobody_waits_for_an_answer_that_cannot_come() {
        let mut waiting = Waiting::default();
        let ((one, mut refused), (_, mut lost)) = (waiting.ask(), waiting.ask());
        waiting.answer(one, None);
        assert!(refused.try_recv().is_err());
        drop(waiting);
        assert!(lost.try_recv().is_err());
    }
}
