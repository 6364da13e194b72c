// Files on their way into messages, by the SDK (4.2.0). The page holds them here, under numbers: Rust knows what they are
// called and how far they have come.

const SHOWN = /^(image|video|audio)\//;
const PLACEHOLDER = 12; // pixels of its longer side
const AT_ONCE = 3;

const held = new Map(); // number → {file, url, request, attachment}
let count = 0;
let tell = () => {};

/** Takes a file in; what a browser can show gets an address within the page. */
export function hold(file, shape) {
  const id = ++count;
  const url = SHOWN.test(file.type) ? URL.createObjectURL(file) : undefined;
  held.set(id, { file, url });
  return { id, name: file.name, size: file.size, mimeType: file.type, url, shape };
}

/** What a change, a paste or a drop brings, as JSON. A text that is pasted comes as a picture too, from some programs. */
export function filesOf({ target, clipboardData, dataTransfer }) {
  const source = clipboardData ?? dataTransfer ?? target;
  const files = clipboardData?.types.includes("text/plain") ? [] : [...(source?.files ?? [])];
  const taken = files.map((file) => hold(file));
  if (source === target) target.value = "";
  for (const { id } of taken) measure(id);
  return JSON.stringify(taken);
}

/** Whether what is dragged are files. */
export const carriesFiles = ({ dataTransfer }) => !!dataTransfer?.types.includes("Files");

async function measure(id) {
  const { file, url } = held.get(id);
  try {
    const shape = await (/^image/.test(file.type) ? ofPicture(file) : /^video|^audio/.test(file.type) && ofSound(file, url));
    if (shape) tell({ event: "file", id, shape });
  } catch {} // No picture after all, whatever its name says.
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

const ofSound = (file, url) =>
  new Promise((resolve, reject) => {
    const player = document.createElement(/^video/.test(file.type) ? "video" : "audio");
    player.onloadedmetadata = () => {
      const { videoWidth, videoHeight, duration } = player;
      resolve({ width: videoWidth ?? 0, height: videoHeight ?? 0, seconds: isFinite(duration) ? Math.round(duration) : 0 });
    };
    player.onerror = reject;
    player.src = url;
  });

function release(id, keepsAddress) {
  const one = held.get(id);
  one?.request?.removeAttachment(String(id));
  if (one?.url && !keepsAddress) URL.revokeObjectURL(one.url);
  held.delete(id);
}

export const files = ({ chat, message, emit }) => {
  tell = emit;
  return {
    limits: () =>
      chat()
        .getAppSettings()
        .then((settings) => ({ files: settings["file.count.max"], size: settings["file.size.max"] })),

    /** Begins; a file that began before begins anew, with an address of its own. */
    upload({ peer, ids }) {
      const request = chat().createUploadFileRequest(peer.id, peer.kind);
      const failed = (id, error) => emit({ event: "file", id, code: String(error?.code ?? error) });
      request.setConcurrency(AT_ONCE);
      const known = ids.filter((id) => held.has(id));
      for (const id of known) held.get(id).request = request;
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

    async sendFiles({ peer, muid, kind, ids, caption, shapes }) {
      const draft = new (chat().MediaMessage)(peer.id, null, kind, peer.kind);
      draft.setAttachments(ids.map((id) => held.get(id)?.attachment).filter(Boolean));
      draft.setMuid(muid);
      draft.setMetadata({ files: shapes });
      if (caption) draft.setCaption(caption);
      const sent = message(await chat().sendMediaMessage(draft));
      for (const id of ids) release(id, true);
      return sent;
    },
  };
};
