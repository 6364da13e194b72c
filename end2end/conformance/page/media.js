// @ts-nocheck
// Not checked: the SDK's own declarations are incomplete; what is returned here is plain data with JSDoc types.
// What a test can ask of the official SDK about files: media messages and uploads by address.
import { message, plainly } from './plain.js';

/** @typedef {{ url: string, name: string, size: number, mimeType: string, extension: string }} PlainAttachment */

/** A message with its files. */
const media = (object) => ({ ...message(object), caption: object.getCaption?.(), attachments: attachmentsOf(object) });
/** @typedef {ReturnType<typeof media>} PlainMedia */
/** @returns {PlainAttachment[]} */
const attachmentsOf = (object) =>
  (object.getAttachments?.() ?? []).map((it) => ({
    url: it.getUrl(), name: it.getName(), size: it.getSize(), mimeType: it.getMimeType(), extension: it.getExtension(),
  }));

const fileOf = ({ name, type, bytes }) => new File([new Uint8Array(bytes)], name, { type });

/** Sends files within one message.
 * @param {string} to @param {string} kind @param {{ name: string, type: string, bytes: number[] }[]} files
 * @param {{ caption?: string, metadata?: any, tags?: string[], muid?: string, parent?: string, type?: 'user' | 'group' }} [options] */
export async function sendFiles(to, kind, files, { caption, metadata, tags, muid, parent, type = 'user' } = {}) {
  const draft = new CometChat.MediaMessage(to, files.map(fileOf), kind, type);
  if (caption) draft.setCaption(caption);
  if (metadata) draft.setMetadata(metadata);
  if (tags) draft.setTags(tags);
  if (muid) draft.setMuid(muid);
  if (parent) draft.setParentMessageId(Number(parent));
  return media(await plainly(CometChat.sendMediaMessage(draft)));
}
/** @param {string} id */
export const mediaDetails = async (id) => media(await plainly(CometChat.getMessageDetails(id)));

/** Uploads files by address, and tells what became of each.
 * @param {string} to @param {{ name: string, type: string, bytes: number[] }[]} files
 * @returns {Promise<{ attachments: PlainAttachment[], errors: string[], progress: number[] }>} */
export const upload = (to, files) =>
  new Promise((resolve, reject) => {
    const request = CometChat.createUploadFileRequest(to, 'user');
    const errors = [];
    const progress = [];
    const plain = (it) => ({
      url: it.getUrl(), name: it.getName(), size: it.getSize(), mimeType: it.getMimeType(), extension: it.getExtension(),
    });
    const listener = new CometChat.UploadFileListener({
      onFileProgress: (_, percent) => progress.push(typeof percent === 'number' ? percent : 0),
      onFileError: (_, error) => errors.push(error?.code ?? String(error)),
      onFileFailure: (_, error) => errors.push(error?.code ?? String(error)),
      onComplete: () => resolve({ attachments: request.getAttachments().map(plain), errors, progress }),
    });
    const attempt = request.uploadAttachments(files.map((file, index) => ({ fileId: `f${index}`, file: fileOf(file) })), listener);
    Promise.resolve(attempt).catch((error) => reject(new Error(`[${error?.code}] ${error?.message}`)));
  });

/** Sends a message that names what was uploaded before.
 * @param {string} to @param {string} kind @param {PlainAttachment[]} attachments */
export async function sendUploaded(to, kind, attachments) {
  const draft = new CometChat.MediaMessage(to, '', kind, 'user');
  draft.setAttachments(attachments.map((it) => new CometChat.Attachment(it)));
  return media(await plainly(CometChat.sendMediaMessage(draft)));
}
/** @returns {Promise<number>} */
export const mostFiles = () => CometChat.getMaxAttachmentCount();

/** What a page gets under the address. @param {string} url */
export async function download(url) {
  const response = await fetch(url);
  return {
    status: response.status, type: response.headers.get('content-type'),
    disposition: response.headers.get('content-disposition'), bytes: [...new Uint8Array(await response.arrayBuffer())],
  };
}
