// What a person has entered on one surface (a modal, the Home, a message), in the shape Slack calls state.values.

const INITIAL = {
  plain_text_input: (el) => ({ value: el.initial_value ?? null }),
  number_input: (el) => ({ value: el.initial_value ?? null }),
  email_text_input: (el) => ({ value: el.initial_value ?? null }),
  url_text_input: (el) => ({ value: el.initial_value ?? null }),
  rich_text_input: (el) => ({ rich_text_value: el.initial_value ?? null }),
  static_select: (el) => ({ selected_option: el.initial_option ?? null }),
  external_select: (el) => ({ selected_option: el.initial_option ?? null }),
  radio_buttons: (el) => ({ selected_option: el.initial_option ?? null }),
  multi_static_select: (el) => ({ selected_options: el.initial_options ?? [] }),
  multi_external_select: (el) => ({ selected_options: el.initial_options ?? [] }),
  checkboxes: (el) => ({ selected_options: el.initial_options ?? [] }),
  users_select: (el) => ({ selected_user: el.initial_user ?? null }),
  multi_users_select: (el) => ({ selected_users: el.initial_users ?? [] }),
  channels_select: (el) => ({ selected_channel: el.initial_channel ?? null }),
  multi_channels_select: (el) => ({ selected_channels: el.initial_channels ?? [] }),
  conversations_select: (el) => ({ selected_conversation: el.initial_conversation ?? null }),
  multi_conversations_select: (el) => ({ selected_conversations: el.initial_conversations ?? [] }),
  datepicker: (el) => ({ selected_date: el.initial_date ?? null }),
  timepicker: (el) => ({ selected_time: el.initial_time ?? null }),
  datetimepicker: (el) => ({ selected_date_time: el.initial_date_time ?? null }),
  file_input: () => ({ files: [] }),
};

/** Element types that hold a value. */
export const isStateful = (element) => element?.type in INITIAL;

/** Every stateful element of the blocks with its block, containers included. */
export function statefulElements(blocks = []) {
  return blocks.flatMap((block) => {
    if (block.type === "container") return statefulElements(block.child_blocks);
    const inside = [block.element, block.accessory, ...(block.type === "actions" ? block.elements : [])];
    return inside.filter(isStateful).map((element) => ({ block, element }));
  });
}

/** The one key under which an element's state keeps its value, such as "selected_option". */
export const stateKey = (element) => Object.keys(INITIAL[element.type](element))[0];

/** What `/_demo/press` calls `value`: the plain id, date or option value, or a list of them; what the app offered stays whole. */
export function plainValue(element, value) {
  if (element.type.endsWith("external_select")) return value;
  const bare = (one) => (one && typeof one === "object" && "value" in one ? one.value : one);
  return Array.isArray(value) ? value.map(bare) : bare(value);
}

export class Form {
  /** @param {Record<string, Record<string, object>>} seed  state.values the workspace already knows */
  constructor(seed = {}) {
    this.slots = new Map();
    this.seed = seed;
    /** @type {((block: object) => void)|null} hears of every change */
    this.heard = null;
  }

  /** The element's value: what was entered under the same block and action before, else its initial one. */
  read(block, element) {
    return this.slot(block, element)[stateKey(element)];
  }

  write(block, element, value) {
    this.slot(block, element)[stateKey(element)] = value;
    this.heard?.(block);
  }

  slot(block, element) {
    const key = `${block.block_id}\n${element.action_id}`;
    if (this.slots.get(key)?.type !== element.type) {
      const known = this.seed[block.block_id]?.[element.action_id];
      this.slots.set(key, {
        type: element.type,
        ...INITIAL[element.type](element),
        ...(known?.type === element.type ? known : {}),
      });
    }
    return this.slots.get(key);
  }

  /** state.values of what these blocks ask for. */
  values(blocks) {
    const out = {};
    for (const { block, element } of statefulElements(blocks)) {
      out[block.block_id] ??= {};
      out[block.block_id][element.action_id] = this.slot(block, element);
    }
    return out;
  }
}
