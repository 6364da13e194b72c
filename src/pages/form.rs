//! What the forms have in common: the answer's way to its fields, the fields themselves, the submit button.
//! Texts that only a script shows, while a form is under way or when it fails on the way, lie in `data-` attributes.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    i18n::site::use_site_texts,
    model::{
        form::{Field, FormName, FormReply, Problem},
        page::Page,
    },
};

/// What is known of a form's last submission.
#[derive(Clone, Copy)]
pub struct Answer(StoredValue<Option<FormReply>>);

impl Answer {
    /// The answer to the form of this name, where this page is one.
    pub fn to(name: FormName) -> Self {
        let flash = use_context::<Page>().and_then(|page| page.flash);
        Self(StoredValue::new(flash.filter(|flash| flash.form == name).map(|flash| flash.reply)))
    }

    /// Where the form leads once it is accepted: what a refused one said before, or else the page's own `?next=`.
    pub fn next(self) -> Option<String> {
        let asked = use_query_map().with_untracked(|query| query.get("next"));
        self.typed(Field::Next).or(asked).filter(|next| !next.is_empty())
    }

    /// What was typed into a field before a refusal.
    fn typed(self, field: Field) -> Option<String> {
        self.0.with_value(|reply| reply.as_ref().and_then(|reply| reply.value(field).map(str::to_owned)))
    }

    fn problem(self, field: Field) -> Option<Problem> {
        self.0.with_value(|reply| reply.as_ref().and_then(|reply| reply.problem(field)))
    }

    /// It came back with problems.
    pub fn is_refused(self) -> bool {
        self.0.with_value(|reply| reply.as_ref().is_some_and(|reply| !reply.accepted()))
    }

    /// Accepted, and it leads nowhere else: the page says that it is saved.
    fn saved(self) -> bool {
        self.0.with_value(|reply| reply.as_ref().is_some_and(|reply| reply.accepted() && reply.next.is_none()))
    }
}

/// One labelled input with its hint and, at the field, its problem.
#[component]
pub fn FormField(
    answer: Answer,
    field: Field,
    label: &'static str,
    /// The input's `type`.
    #[prop(default = "text")]
    kind: &'static str,
    autocomplete: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
    /// What stands there unless something was typed before.
    #[prop(optional, into)]
    initial: Option<String>,
    #[prop(default = true)] required: bool,
) -> impl IntoView {
    let name = field.name();
    let problem = answer.problem(field).map(use_site_texts().form.problem);
    let value = if field.is_secret() { None } else { answer.typed(field).or(initial) };
    let (hint_id, problem_id) = (format!("{name}-hint"), format!("{name}-problem"));
    let described_by = format!("{problem_id} {hint_id}");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                name=name
                type=kind
                autocomplete=autocomplete
                value=value
                required=required
                aria-invalid=problem.is_some().then_some("true")
                aria-describedby=described_by
            />
            <p class="problem" id=problem_id role="alert">{problem}</p>
            <p class="hint" id=hint_id>{hint}</p>
        </div>
    }
}

/// What concerns the form as a whole: its problem, a failure on the way, or that it is saved. Each can take the focus,
/// which it gets where there is no field to correct.
#[component]
pub fn FormStatus(answer: Answer) -> impl IntoView {
    let texts = &use_site_texts().form;
    view! {
        <p
            class="problem form-problem"
            role="alert"
            tabindex="-1"
            data-not-sent=texts.not_sent
            data-went-wrong=texts.went_wrong
        >
            {answer.problem(Field::Form).map(texts.problem)}
        </p>
        <p class="saved" role="status" tabindex="-1">{answer.saved().then_some(texts.saved)}</p>
    }
}

/// The button that sends the form; `data-sending` is what it says while the form is under way.
#[component]
pub fn SubmitButton(label: &'static str) -> impl IntoView {
    view! { <button class="button" type="submit" data-sending=use_site_texts().form.sending>{label}</button> }
}
