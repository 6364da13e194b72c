//! Questions that stand before an act: whether it is meant, with which password, for which reason.

use super::{Effect, State, Trouble};
use crate::sdk::{Request, What};

/// What is asked; the texts of each language stand in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Which password?
    Join,
    Leave,
    DeleteGroup,
    Kick,
    Ban,
    HandOver,
    Block,
    /// For which reason?
    Report,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub asking: Asking,
    /// Whom or what it is about.
    pub name: String,
    /// What is done after a yes.
    pub request: Request,
}

/// A question that is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Dialog {
    pub question: Question,
    /// A password, or a remark.
    pub text: String,
    pub reason: String,
    pub busy: bool,
    pub failed: Option<Trouble>,
}

impl State {
    pub(super) fn question_asked(&mut self, question: Question, effects: &mut Vec<Effect>) {
        self.panel.handling.menu = None;
        if question.asking == Asking::Report && self.groups.reasons.is_empty() {
            effects.push(Effect::Ask(Request::new(What::FlagReasons)));
        }
        let (text, reason) = (String::new(), String::new());
        self.groups.dialog = Some(Dialog { question, text, reason, busy: false, failed: None });
    }

    pub(super) fn question_confirmed(&mut self, effects: &mut Vec<Effect>) {
        let Some(dialog) = self.groups.dialog.as_mut().filter(|dialog| !dialog.busy) else { return };
        let request = dialog.question.request.clone();
        let request = match dialog.question.asking {
            Asking::Join => request.text("password", &dialog.text),
            Asking::Report if dialog.reason.is_empty() => return,
            Asking::Report => request.text("reasonId", &dialog.reason).text("remark", dialog.text.trim()),
            _ => request,
        };
        dialog.busy = true;
        dialog.failed = None;
        self.ask(request, effects);
    }
}
