// Files on their way into messages, by the SDK (4.2.0). The page holds them here, under numbers: Rust knows what they are
// called and how far they have come.

// What a browser can show; a picture that is a document of its own may run scripts, and some no browser knows.
const KINDS = /^(image|video|audio)\/(?!svg|hei|tif)/;
const PLACEHOLDER = 12; // pixels of its longer side
const AT_ONCE = 3;

const held = new Map(); // number → {file, url, request, attachment}
let count = 0;
const requests = {}; // the last one begun, by where its files go
const placeOf = ({ kind, id, thread = "" }) => kind + id + thread;
let tell = () => {};

/** Takes a file in; what a browser can show gets an address within the page. */
export function hold(file, shape) {
  const id = ++count;
  const kind = KINDS.exec(file.type)?.[1] ?? "file";
  const url = kind === "file" ? undefined : URL.createObjectURL(file);
  held.set(id, { file, url, shape });
  return { id, kind, name: file.name, size: file.size, url, shape };
}

/** What a change, a paste or a drop brings, as JSON. A text that is pasted comes as a picture too, from some programs. */
export function filesOf({ target, clipboardData, dataTransfer }) {
  const source = clipboardData ?? dataTransfer ?? target;
  const types = clipboardData?.types ?? [];
  // A file that is pasted by its name has that as a text beside it.
  const isText = types.includes("text/plain") && types.some((type) => /html|rtf/.test(type));
  const files = isText ? [] : [...(source?.files ?? [])];
  const taken = files.map((file) => hold(file));
  if (source === target) target.value = "";
  for (const { id } of taken) measure(id);
  return JSON.stringify(taken);
}

/** Whether what is dragged are files. */
export const carriesFiles = ({ dataTransfer }) => !!dataTransfer?.types.includes("Files");

async function measure(id) {
  const one = held.get(id);
  try {
    const shape = one.url && (await (/^image/.test(one.file.type) ? ofPicture(one.file) : ofSound(one)));
    one.shape = shape;
    if (shape) tell({ event: "file", id, shape });
  } catch {} // Nothing of the kind after all, whatever its name says.
}

async function ofPicture(file) {
  const picture = await createImageBitmap(file);
  const { width, height } = picture;
  const scale = PLACEHOLDER / Math.max(width, height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, width * scale);
  canvas.height = Math.max(1, height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return { width, height, placeholder: canvas.toDataURL("image/webp", 0.6) };
}

const ofSound = ({ file, url }) =>
  new Promise((resolve, reject) => {
    const player = document.createElement(/^video/.test(file.type) ? "video" : "audio");
    player.onloadedmetadata = () => {
      const { videoWidth, videoHeight, duration } = player;
      resolve({ width: videoWidth ?? 0, height: videoHeight ?? 0, seconds: isFinite(duration) ? Math.round(duration) : 0 });
    };
    player.onerror = reject;
    player.src = url;
  });

function release(id) {
  const one = held.get(id);
  one?.request?.removeAttachment(String(id));
  if (one?.url) URL.revokeObjectURL(one.url);
  held.delete(id);
}

export const files = ({ chat, message, emit }) => {
  tell = emit;
  return {
    /**
     * Begins, or begins anew; all that goes into one message is of one request, which knows how many there may be.
     * `fresh`: a message begins. The SDK names a limit in the words of its refusal alone (4.2.0).
     */
    async upload({ peer, ids, fresh }) {
      const most = await chat().getMaxAttachmentCount();
      const place = placeOf(peer);
      if (fresh) delete requests[place];
      const begun = held.get(ids[0])?.request ?? requests[place];
      const request = begun ?? (requests[place] = chat().createUploadFileRequest(peer.id, peer.kind));
      const failed = (id, error) => {
        const limit = error?.limit ?? Number(/(\d+) bytes/.exec(error?.message)?.[1] ?? 0);
        emit({ event: "file", id, code: String(error?.code ?? error), limit });
      };
      request.setConcurrency(AT_ONCE);
      if (peer.thread) request.setParentMessageId(peer.thread);
      const known = ids.filter((id) => held.has(id));
      for (const id of known) {
        request.removeAttachment(String(id));
        held.get(id).request = request;
      }
      // The SDK looks at what is given to it at once, and not at what it has already (4.2.0).
      const surplus = known.splice(Math.max(0, most - request.getAttachmentCount()));
      for (const id of surplus) failed(id, { code: "ERR_FILE_COUNT_EXCEEDED", limit: most });
      request.uploadAttachments(
        known.map((id) => ({ fileId: String(id), file: held.get(id).file })),
        new (chat().UploadFileListener)({
          onFileProgress: (id, loaded, total) => emit({ event: "file", id, percent: Math.floor((loaded / total) * 100) }),
          onFileUploaded(id, attachment) {
            const one = held.get(Number(id));
            if (one) one.attachment = attachment;
            emit({ event: "file", id, done: true });
          },
          onFileError: failed,
          onFileFailure: failed,
        }),
      );
    },

    dropFiles({ ids }) {
      for (const id of ids) release(id);
    },

    async sendFiles({ peer, muid, kind, ids, caption, quoted }) {
      const draft = new (chat().MediaMessage)(peer.id, null, kind, peer.kind);
      draft.setAttachments(ids.map((id) => held.get(id)?.attachment).filter(Boolean));
      draft.setMuid(muid);
      // All of it fits into 10 kB, and no more than four pictures are shown at once.
      const shapeOf = (id, at) => ({ ...held.get(id)?.shape, ...(at > 3 && { placeholder: undefined }) });
      draft.setMetadata({ files: ids.map(shapeOf) });
      if (caption) draft.setCaption(caption);
      if (peer.thread) draft.setParentMessageId(peer.thread);
      if (quoted) draft.setQuotedMessageId(quoted);
      // The files stay: an answer that is lost has them sent once more, under the same muid.
      return message(await chat().sendMediaMessage(draft));
    },
  };
};
