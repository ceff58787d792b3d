// The demo control over HTTP. Every refusal becomes an ApiError that can be shown to a person.

export class ApiError extends Error {
  constructor(code, detail) {
    super(detail || code);
    this.code = code;
  }
}

async function answer(response) {
  const body = await response.json().catch(() => null);
  if (body === null) throw new ApiError("no_json", `The local workspace answered ${response.status}.`);
  if (!response.ok) throw new ApiError(body.error ?? String(response.status), describe(body));
  return body;
}

function describe(body) {
  if (!body.detail) return body.error;
  return typeof body.detail === "string" ? body.detail : JSON.stringify(body.detail);
}

async function reach(path, init) {
  try {
    return await fetch(path, init);
  } catch {
    throw new ApiError("unreachable", "The local workspace is not running.");
  }
}

/** @param {Record<string, string|undefined>} query  undefined entries are left out */
export async function get(path, query = {}) {
  const known = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const search = new URLSearchParams(known).toString();
  return answer(await reach(`/_demo/${path}${search ? `?${search}` : ""}`));
}

export async function post(path, body) {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  return answer(await reach(`/_demo/${path}`, init));
}

/** @returns {Promise<object>} Slack's file object */
export async function upload(person, file) {
  const form = new FormData();
  form.append("as", person);
  form.append("file", file, file.name);
  const { file: stored } = await answer(await reach("/_demo/upload", { method: "POST", body: form }));
  return stored;
}
