//! What the forms have in common: the answer's way to its fields, the fields themselves, the submit button.

use leptos::{prelude::*, server_fn::ServerFn, web_sys};
use leptos_router::hooks::use_query_map;

use crate::{
    api::ApiError,
    i18n::use_site_texts,
    model::form::{Field, Flash, FormName, FormReply, Problem},
};

/// What is known of a form's last submission.
#[derive(Clone, Copy)]
pub struct Answer {
    /// The reply, from the action or, without JavaScript, from the page's own request.
    reply: Memo<Option<FormReply>>,
    failure: Memo<Option<ApiError>>,
    pending: Memo<bool>,
    /// What stood in the form when the page was made: typed before a refusal.
    typed: StoredValue<Option<FormReply>>,
}

impl Answer {
    /// Follows `action`; an accepted form that leads elsewhere loads that page, so that everything of the old session
    /// is gone from memory.
    pub fn follow<S>(name: FormName, action: ServerAction<S>) -> Self
    where
        S: ServerFn<Output = FormReply, Error = ApiError> + Clone + Send + Sync + 'static,
    {
        let flash = use_context::<Flash>().filter(|flash| flash.form == name).map(|flash| flash.reply);
        let before = flash.clone();
        let value = action.value();
        let reply = Memo::new(move |_| match value.get() {
            Some(Ok(reply)) => Some(reply),
            Some(Err(_)) => None,
            None => before.clone(),
        });
        let failure = Memo::new(move |_| value.get().and_then(Result::err));
        let pending = action.pending();
        Effect::new(move |_| {
            let answered = value.get().and_then(Result::ok).filter(FormReply::accepted);
            if let Some(next) = answered.and_then(|reply| reply.next) {
                // A full load on purpose; where the address cannot be set the page stays as it is.
                drop(window().location().set_href(&next));
            }
        });
        Self { reply, failure, pending: Memo::new(move |_| pending.get()), typed: StoredValue::new(flash) }
    }

    /// Where the form leads once it is accepted: what a refused one said before, or else the page's own `?next=`.
    pub fn next(self) -> Option<String> {
        let asked = use_query_map().with_untracked(|query| query.get("next"));
        self.typed(Field::Next).or(asked).filter(|next| !next.is_empty())
    }

    /// What stands in a field when the page is made.
    fn typed(self, field: Field) -> Option<String> {
        self.typed.with_value(|reply| reply.as_ref().and_then(|reply| reply.value(field).map(str::to_owned)))
    }

    fn problem(self, field: Field) -> Option<Problem> {
        self.reply.with(|reply| reply.as_ref().and_then(|reply| reply.problem(field)))
    }

    /// Accepted, and it leads nowhere else: the page says that it is saved.
    fn saved(self) -> bool {
        self.reply.with(|reply| reply.as_ref().is_some_and(|reply| reply.accepted() && reply.next.is_none()))
    }

    /// Puts the focus on the first field with a problem once a refusal has arrived.
    pub fn focus_first_problem(self, form: NodeRef<leptos::html::Div>) {
        Effect::new(move |before: Option<()>| {
            let refused = self.reply.with(|reply| reply.as_ref().is_some_and(|reply| !reply.accepted()));
            // The first run only looks: a page that arrives refused keeps the browser's own focus.
            if before.is_some()
                && refused
                && let Some(field) = first_invalid(form)
            {
                drop(field.focus());
            }
        });
    }
}

fn first_invalid(form: NodeRef<leptos::html::Div>) -> Option<web_sys::HtmlElement> {
    use leptos::wasm_bindgen::JsCast;

    let field = form.get_untracked()?.query_selector("[aria-invalid=true]").ok().flatten()?;
    field.dyn_into().ok()
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
    let texts = &use_site_texts().form;
    let name = field.name();
    let problem = Memo::new(move |_| answer.problem(field).map(texts.problem));
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
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                aria-describedby=described_by
            />
            <p class="problem" id=problem_id role="alert">{move || problem.get()}</p>
            <p class="hint" id=hint_id>{hint}</p>
        </div>
    }
}

/// What concerns the form as a whole: its problem, a failure on the way, or that it is saved.
#[component]
pub fn FormStatus(answer: Answer) -> impl IntoView {
    let texts = &use_site_texts().form;
    let problem = move || {
        let failure = answer.failure.get().map(|failure| match failure {
            ApiError::RateLimited { retry_after_seconds } => (texts.problem)(Problem::TryAgainIn(retry_after_seconds)),
            ApiError::Offline => texts.not_sent.to_owned(),
            ApiError::Unauthenticated => texts.sign_in_first.to_owned(),
            _ => texts.went_wrong.to_owned(),
        });
        failure.or_else(|| answer.problem(Field::Form).map(texts.problem))
    };
    view! {
        <p class="problem form-problem" role="alert">{problem}</p>
        <p class="saved" role="status">{move || answer.saved().then_some(texts.saved)}</p>
    }
}

/// The button that sends the form; while it is under way it says so and sends nothing twice.
#[component]
pub fn SubmitButton(answer: Answer, label: &'static str) -> impl IntoView {
    let sending = use_site_texts().form.sending;
    view! {
        <button class="button" type="submit" disabled=move || answer.pending.get()>
            {move || if answer.pending.get() { sending } else { label }}
        </button>
    }
}
