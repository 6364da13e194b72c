//! The client over `fetch`.

use std::{cell::Cell, future::Future, rc::Rc, time::Duration};

use gloo_net::http::{Method, RequestBuilder, Response};
use leptos::{
    prelude::set_timeout_with_handle,
    server_fn::{
        Bytes,
        client::{Client, browser::BrowserClient},
        redirect::REDIRECT_HEADER,
        request::ClientReq,
        response::ClientRes,
    },
};
use send_wrapper::SendWrapper;
use web_sys::{AbortController, RequestCredentials};

use crate::api::ApiError;

/// How long an answer may take. Longer than the server itself waits for the cloud, so that its answer is heard.
const PATIENCE: Duration = Duration::from_secs(25);

/// What to say of a server that took longer: try again soon.
const SOON: ApiError = ApiError::Unavailable { retry_after_seconds: 5 };

/// Calls server functions of this site.
pub struct SiteClient;

/// A request, not yet sent.
pub struct SiteRequest {
    address: String,
    method: Method,
    accepts: String,
    /// The content type and the body.
    body: Option<(String, String)>,
}

/// A successful answer, read to its end.
pub struct SiteResponse {
    status: u16,
    text: String,
    location: Option<String>,
}

impl Client<ApiError> for SiteClient {
    type Request = SiteRequest;
    type Response = SiteResponse;

    fn send(request: SiteRequest) -> impl Future<Output = Result<SiteResponse, ApiError>> + Send {
        SendWrapper::new(send(request))
    }

    fn open_websocket(
        path: &str,
    ) -> impl Future<
        Output = Result<
            (
                impl futures_util::Stream<Item = Result<Bytes, Bytes>> + Send + 'static,
                impl futures_util::Sink<Bytes> + Send + 'static,
            ),
            ApiError,
        >,
    > + Send {
        <BrowserClient as Client<ApiError>>::open_websocket(path)
    }

    fn spawn(future: impl Future<Output = ()> + Send + 'static) {
        <BrowserClient as Client<ApiError>>::spawn(future);
    }
}

async fn send(request: SiteRequest) -> Result<SiteResponse, ApiError> {
    let controller = AbortController::new().map_err(|_| ApiError::Internal)?;
    let signal = controller.signal();
    let mut builder = RequestBuilder::new(&request.address)
        .method(request.method)
        .credentials(RequestCredentials::SameOrigin)
        .header("Accept", &request.accepts)
        .abort_signal(Some(&signal));
    if let Some((content_type, _)) = &request.body {
        builder = builder.header("Content-Type", content_type);
    }
    let built = match request.body {
        Some((_, body)) => builder.body(body),
        None => builder.build(),
    };
    let built = built.map_err(|_| ApiError::Internal)?;

    let late = Rc::new(Cell::new(false));
    let timer = {
        let late = Rc::clone(&late);
        let alarm = move || {
            late.set(true);
            controller.abort();
        };
        set_timeout_with_handle(alarm, PATIENCE).map_err(|_| ApiError::Internal)?
    };
    let answer = async { read(built.send().await?).await }.await;
    timer.clear();
    match answer {
        Ok(answer) => answer,
        Err(_) if late.get() => Err(SOON),
        Err(_) => Err(ApiError::Offline),
    }
}

/// Reads the whole answer. The outer error is the network's, the inner one the server's.
async fn read(response: Response) -> Result<Result<SiteResponse, ApiError>, gloo_net::Error> {
    let headers = response.headers();
    let retry_after = headers.get("Retry-After").and_then(|seconds| seconds.trim().parse().ok());
    let is_json = headers.get("Content-Type").is_some_and(|kind| kind.starts_with("application/json"));
    let location = headers.get(REDIRECT_HEADER).map(|_| headers.get("Location").unwrap_or_else(|| response.url()));
    let (status, succeeded) = (response.status(), response.ok());
    let text = response.text().await?;
    Ok(match (succeeded, is_json) {
        (false, _) => Err(ApiError::from_answer(status, retry_after, &text)),
        (true, true) => Ok(SiteResponse { status, text, location }),
        // Not our server's answer: the sign-in page of somebody's Wi-Fi.
        (true, false) => Err(ApiError::Offline),
    })
}

impl ClientReq<ApiError> for SiteRequest {
    type FormData = ();

    fn try_new_req_query(
        path: &str,
        _content_type: &str,
        accepts: &str,
        query: &str,
        method: Method,
    ) -> Result<Self, ApiError> {
        let address = [path, "?", query].concat();
        Ok(Self { address, method, accepts: accepts.to_owned(), body: None })
    }

    fn try_new_req_text(
        path: &str,
        content_type: &str,
        accepts: &str,
        body: String,
        method: Method,
    ) -> Result<Self, ApiError> {
        let body = Some((content_type.to_owned(), body));
        Ok(Self { address: path.to_owned(), method, accepts: accepts.to_owned(), body })
    }

    /// The bytes are JSON: `codec::Json` hands them over so.
    fn try_new_req_bytes(
        path: &str,
        content_type: &str,
        accepts: &str,
        body: Bytes,
        method: Method,
    ) -> Result<Self, ApiError> {
        let body = String::from_utf8(body.into()).map_err(|_| ApiError::Internal)?;
        Self::try_new_req_text(path, content_type, accepts, body, method)
    }

    // No function of this site sends files or streams.

    fn try_new_req_form_data(_: &str, _: &str, _: &str, (): (), _: Method) -> Result<Self, ApiError> {
        Err(ApiError::Internal)
    }

    fn try_new_req_multipart(_: &str, _: &str, (): (), _: Method) -> Result<Self, ApiError> {
        Err(ApiError::Internal)
    }

    fn try_new_req_streaming(
        _: &str,
        _: &str,
        _: &str,
        _: impl futures_util::Stream<Item = Bytes> + Send + 'static,
        _: Method,
    ) -> Result<Self, ApiError> {
        Err(ApiError::Internal)
    }
}

impl ClientRes<ApiError> for SiteResponse {
    fn try_into_string(self) -> impl Future<Output = Result<String, ApiError>> + Send {
        std::future::ready(Ok(self.text))
    }

    fn try_into_bytes(self) -> impl Future<Output = Result<Bytes, ApiError>> + Send {
        std::future::ready(Ok(self.text.into()))
    }

    fn try_into_stream(
        self,
    ) -> Result<impl futures_util::Stream<Item = Result<Bytes, Bytes>> + Send + Sync + 'static, ApiError> {
        Err::<futures_util::stream::Empty<_>, _>(ApiError::Internal)
    }

    fn status(&self) -> u16 {
        self.status
    }

    fn status_text(&self) -> String {
        String::new()
    }

    fn location(&self) -> String {
        self.location.clone().unwrap_or_default()
    }

    fn has_redirect(&self) -> bool {
        self.location.is_some()
    }
}
