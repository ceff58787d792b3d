// The common emoji by Slack's short names, and the few aliases people type.

const TABLE = `
smile 😄|grinning 😀|smiley 😃|grin 😁|laughing 😆|joy 😂|rofl 🤣|slightly_smiling_face 🙂|wink 😉|blush 😊
heart_eyes 😍|star-struck 🤩|yum 😋|stuck_out_tongue 😛|thinking_face 🤔|neutral_face 😐|expressionless 😑
face_with_rolling_eyes 🙄|smirk 😏|relieved 😌|pensive 😔|sleeping 😴|mask 😷|exploding_head 🤯|sunglasses 😎
nerd_face 🤓|confused 😕|worried 😟|slightly_frowning_face 🙁|open_mouth 😮|flushed 😳|cry 😢|sob 😭|scream 😱
sweat 😓|sweat_smile 😅|tired_face 😫|triumph 😤|rage 😡|angry 😠|skull 💀|robot_face 🤖|wave 👋|raised_hand ✋
ok_hand 👌|v ✌️|crossed_fingers 🤞|point_left 👈|point_right 👉|point_up_2 👆|point_down 👇|+1 👍|-1 👎|fist ✊
clap 👏|raised_hands 🙌|open_hands 👐|handshake 🤝|pray 🙏|writing_hand ✍️|muscle 💪|eyes 👀|brain 🧠|speaking_head_in_silhouette 🗣️
bust_in_silhouette 👤|busts_in_silhouette 👥|heart ❤️|orange_heart 🧡|yellow_heart 💛|green_heart 💚|blue_heart 💙|purple_heart 💜
broken_heart 💔|sparkles ✨|star ⭐|star2 🌟|fire 🔥|boom 💥|zap ⚡|100 💯|zzz 💤|speech_balloon 💬|thought_balloon 💭
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|heavy_multiplication_x ✖️|negative_squared_cross_mark ❎
heavy_plus_sign ➕|heavy_minus_sign ➖|question ❓|exclamation ❗|bangbang ‼️|warning ⚠️|no_entry ⛔|no_entry_sign 🚫
octagonal_sign 🛑|construction 🚧|rotating_light 🚨|red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡
large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣|white_circle ⚪|black_circle ⚫|large_red_square 🟥
large_orange_square 🟧|large_yellow_square 🟨|large_green_square 🟩|large_blue_square 🟦|white_large_square ⬜|black_large_square ⬛
small_blue_diamond 🔹|small_orange_diamond 🔸|arrow_up ⬆️|arrow_down ⬇️|arrow_left ⬅️|arrow_right ➡️|arrow_upper_right ↗️
arrow_lower_right ↘️|arrows_counterclockwise 🔄|leftwards_arrow_with_hook ↩️|fast_forward ⏩|double_vertical_bar ⏸️|repeat 🔁
information_source ℹ️|bulb 💡|bell 🔔|no_bell 🔕|mega 📣|loudspeaker 📢|mag 🔍|link 🔗|paperclip 📎|pushpin 📌|round_pushpin 📍
triangular_flag_on_post 🚩|checkered_flag 🏁|lock 🔒|unlock 🔓|key 🔑|hammer 🔨|wrench 🔧|hammer_and_wrench 🛠️|gear ⚙️|nut_and_bolt 🔩
package 📦|email 📧|envelope ✉️|incoming_envelope 📨|inbox_tray 📥|outbox_tray 📤|calendar 📅|spiral_calendar_pad 🗓️|date 📆
alarm_clock ⏰|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|clock8 🕗|clock9 🕘|watch ⌚|bar_chart 📊|chart_with_upwards_trend 📈
chart_with_downwards_trend 📉|clipboard 📋|memo 📝|pencil2 ✏️|pencil 📝|page_facing_up 📄|file_folder 📁|open_file_folder 📂
card_index_dividers 🗂️|books 📚|book 📖|bookmark 🔖|label 🏷️|ticket 🎫|admission_tickets 🎟️|moneybag 💰|dollar 💵|credit_card 💳
briefcase 💼|office 🏢|house 🏠|hospital 🏥|telephone_receiver 📞|phone ☎️|iphone 📱|computer 💻|desktop_computer 🖥️|satellite_antenna 📡
bug 🐛|rocket 🚀|airplane ✈️|car 🚗|dart 🎯|trophy 🏆|medal 🏅|first_place_medal 🥇|tada 🎉|confetti_ball 🎊|gift 🎁|balloon 🎈
crown 👑|gem 💎|seedling 🌱|evergreen_tree 🌲|herb 🌿|four_leaf_clover 🍀|sunny ☀️|partly_sunny ⛅|cloud ☁️|rain_cloud 🌧️|snowflake ❄️
rainbow 🌈|ocean 🌊|earth_americas 🌎|globe_with_meridians 🌐|coffee ☕|pizza 🍕|cake 🍰|beers 🍻|apple 🍎|dog 🐶|cat 🐱|unicorn_face 🦄
see_no_evil 🙈|shrug 🤷|facepalm 🤦|running 🏃|sos 🆘|new 🆕|ok 🆗|vertical_traffic_light 🚦|fire_engine 🚒|ambulance 🚑|ladder 🪜
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|lightning ⚡|shield 🛡️|test_tube 🧪|test_tubes 🧪|crystal_ball 🔮|broom 🧹|scales ⚖️
`;

const ALIASES = {
  thumbsup: "+1",
  thumbsdown: "-1",
  hankey: "skull",
  thinking: "thinking_face",
  robot: "robot_face",
  simple_smile: "smile",
  red_heart: "heart",
  envelope_with_arrow: "incoming_envelope",
  laughing_face: "laughing",
  party_popper: "tada",
  heavy_exclamation_mark: "exclamation",
  collision: "boom",
  satisfied: "laughing",
  pause_button: "double_vertical_bar",
  speaking_head: "speaking_head_in_silhouette",
  calendar_spiral: "spiral_calendar_pad",
  e_mail: "email",
  white_tick: "white_check_mark",
};

/** @type {Map<string, string>} short name → character */
export const EMOJI = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .map((entry) => entry.trim().split(" ")),
);

/** The character of a short name (skin tone ignored), or null. */
export function emojiOf(name) {
  const bare = name.split("::")[0];
  return EMOJI.get(bare) ?? EMOJI.get(ALIASES[bare]) ?? null;
}

/** Replaces `:name:` of known emoji in text without any formatting. */
export function withEmoji(text) {
  return text.replace(
    /:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/gi,
    (whole, name) => emojiOf(name.toLowerCase()) ?? whole,
  );
}
