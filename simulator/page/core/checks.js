// What Slack's client checks before it sends a submission: required, lengths, e-mail, URL and number.

import { richPlain } from "../text/richtext.js";
import { statefulElements } from "./form.js";

const isEmpty = (value) =>
  value === null ||
  value === undefined ||
  value === "" ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === "object" && value.type === "rich_text" && richPlain(value).trim() === "");

function lengthProblem(element, text) {
  if (element.min_length && text.length < element.min_length)
    return `Please enter at least ${element.min_length} characters.`;
  if (element.max_length && text.length > element.max_length)
    return `Please enter no more than ${element.max_length} characters.`;
  return null;
}

function numberProblem(element, text) {
  const figure = Number(text);
  if (!Number.isFinite(figure)) return "Please enter a number.";
  if (!element.is_decimal_allowed && !Number.isInteger(figure)) return "Please enter a whole number.";
  if (element.min_value !== undefined && figure < Number(element.min_value))
    return `Please enter a number of at least ${element.min_value}.`;
  if (element.max_value !== undefined && figure > Number(element.max_value))
    return `Please enter a number of at most ${element.max_value}.`;
  return null;
}

function isUrl(text) {
  try {
    return Boolean(new URL(text).host);
  } catch {
    return false;
  }
}

const CHECKS = {
  plain_text_input: lengthProblem,
  number_input: numberProblem,
  email_text_input: (_, text) =>
    /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : "Please enter a valid email address.",
  url_text_input: (_, text) => (isUrl(text) ? null : "Please enter a valid URL."),
};

/** @returns {Record<string, string>} problems by block id; empty when the form can be sent */
export function problemsOf(blocks, form) {
  const problems = {};
  for (const { block, element } of statefulElements(blocks)) {
    if (block.type !== "input") continue;
    const value = form.read(block, element);
    if (isEmpty(value)) {
      if (!block.optional) problems[block.block_id] = "Please complete this required field.";
    } else {
      const problem = CHECKS[element.type]?.(element, value);
      if (problem) problems[block.block_id] = problem;
    }
  }
  return problems;
}
