#include "CSimdjson.h"

#include <simdjson.h>

#include <cmath>
#include <cstdlib>
#include <deque>
#include <new>
#include <string>
#include <string_view>
#include <vector>

using namespace simdjson;

struct csimdjson_parser {
  dom::parser parser;
  std::vector<csimdjson_node> nodes;
  // Whole numbers that were replaced by FIRST_STANDIN and so on, in a text that simdjson would not take.
  std::vector<std::string_view> replaced;
  std::string rewritten;
  // Digits that nodes point to.
  std::deque<std::string> digits;

  static constexpr uint64_t FIRST_STANDIN = uint64_t(1) << 63;

  // Only values above INT64_MAX arrive here.
  std::string_view digits_of(uint64_t value) {
    if (!replaced.empty()) {
      const uint64_t index = value - FIRST_STANDIN;
      return index < replaced.size() ? replaced[index] : std::string_view();
    }
    digits.push_back(std::to_string(value));
    return digits.back();
  }

  // Copies a text with every number that may be too large replaced by one that stands for it: whole ones of
  // as many digits as an int64_t may not hold, and those that no double holds. All are, so that none can be mistaken for another's stand-in. False when there are
  // none.
  bool rewrite(const char *text, size_t length) {
    replaced.clear();
    rewritten.clear();
    size_t copied = 0;
    for (size_t index = 0; index < length; index++) {
      if (text[index] == '"') {
        for (index++; index < length && text[index] != '"'; index++)
          index += text[index] == '\\';
        continue;
      }
      const bool minus = text[index] == '-';
      if (!minus && !is_digit(text[index]))
        continue;
      const size_t start = index;
      size_t end = start + minus;
      while (end < length && is_digit(text[end]))
        end++;
      const size_t count = end - start - minus;
      const bool is_sound = count == 1 || (count > 1 && text[start + minus] != '0');
      bool is_large = count >= 19;
      if (const size_t rest = fraction_length(text + end, length - end)) {
        end += rest;
        is_large = std::isinf(std::strtod(std::string(text + start, end - start).c_str(), nullptr));
      }
      if (is_sound && is_large) {
        rewritten.append(text + copied, start - copied);
        rewritten += std::to_string(FIRST_STANDIN + replaced.size());
        replaced.emplace_back(text + start, end - start);
        copied = end;
      }
      index = end > start ? end - 1 : start;
    }
    if (replaced.empty())
      return false;
    rewritten.append(text + copied, length - copied);
    rewritten.append(SIMDJSON_PADDING, 0);
    return true;
  }

  // The length of the fraction and the exponent that a number goes on with, as RFC 8259 has them.
  static size_t fraction_length(const char *text, size_t length) {
    size_t end = 0;
    const auto digits = [&](size_t from) {
      size_t index = from;
      while (index < length && is_digit(text[index]))
        index++;
      return index;
    };
    if (end < length && text[end] == '.' && digits(end + 1) > end + 1)
      end = digits(end + 1);
    if (end < length && (text[end] == 'e' || text[end] == 'E')) {
      const size_t sign = end + 1 < length && (text[end + 1] == '+' || text[end + 1] == '-');
      if (digits(end + 1 + sign) > end + 1 + sign)
        end = digits(end + 1 + sign);
    }
    return end;
  }

  static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

  // simdjson refuses texts nested deeper than 1024 levels, which bounds this recursion.
  void append(dom::element element, const char *key, size_t key_length) {
    const size_t index = nodes.size();
    nodes.push_back(csimdjson_node{key, key_length, nullptr, 0, 0, 0, 0, csimdjson_null});
    switch (element.type()) {
    case dom::element_type::NULL_VALUE:
      break;
    case dom::element_type::BOOL:
      nodes[index].kind = bool(element) ? csimdjson_true : csimdjson_false;
      break;
    case dom::element_type::INT64:
      nodes[index].kind = csimdjson_integer;
      nodes[index].integer = int64_t(element);
      break;
    case dom::element_type::UINT64: {
      const std::string_view text = digits_of(uint64_t(element));
      nodes[index].kind = csimdjson_digits;
      nodes[index].string = text.data();
      nodes[index].length = text.size();
      break;
    }
    case dom::element_type::DOUBLE:
      nodes[index].kind = csimdjson_number;
      nodes[index].number = double(element);
      break;
    case dom::element_type::STRING: {
      nodes[index].kind = csimdjson_string;
      nodes[index].string = element.get_c_str();
      nodes[index].length = element.get_string_length();
      break;
    }
    case dom::element_type::ARRAY:
      nodes[index].kind = csimdjson_array;
      for (dom::element child : dom::array(element))
        append(child, nullptr, 0);
      break;
    case dom::element_type::OBJECT:
      nodes[index].kind = csimdjson_object;
      for (dom::key_value_pair field : dom::object(element))
        append(field.value, field.key.data(), field.key.size());
      break;
    }
    nodes[index].next = uint32_t(nodes.size());
  }
};

csimdjson_parser *csimdjson_make(void) { return new (std::nothrow) csimdjson_parser; }

void csimdjson_free(csimdjson_parser *parser) { delete parser; }

bool csimdjson_is_utf8(const uint8_t *bytes, size_t length) {
  return validate_utf8(reinterpret_cast<const char *>(bytes), length);
}

// A bracket and a brace differ in one bit.
static bool begins_value(uint8_t byte) { return byte == ',' || (byte | 0x20) == '{'; }

bool csimdjson_exceeds(const uint8_t *bytes, size_t length, size_t limit) {
  // Strings counted as well, which is enough for nearly every text: a loop that the compiler turns into vectors of
  // bytes, since no block has more than a byte can count.
  constexpr size_t block = 128;
  size_t all = 0, start = 0;
  for (; start + block <= length; start += block) {
    uint8_t part = 0;
    for (size_t index = 0; index < block; index++)
      part += begins_value(bytes[start + index]);
    all += part;
  }
  for (; start < length; start++)
    all += begins_value(bytes[start]);
  if (all < limit)
    return false;
  size_t count = 1;
  for (size_t index = 0; index < length && count <= limit; index++) {
    count += begins_value(bytes[index]);
    if (bytes[index] != '"')
      continue;
    for (index++; index < length && bytes[index] != '"'; index++)
      index += bytes[index] == '\\';
  }
  return count > limit;
}

size_t csimdjson_padding(void) { return SIMDJSON_PADDING; }

// No exception may cross into Swift: the error-code interface throws none, and running out of memory
// in `nodes` becomes a message too.
const char *csimdjson_parse(csimdjson_parser *parser, const uint8_t *bytes, size_t length,
                            const csimdjson_node **nodes) {
  try {
    dom::element root;
    parser->replaced.clear();
    parser->digits.clear();
    error_code error = parser->parser.parse(bytes, length, false).get(root);
    if (error == NUMBER_ERROR && parser->rewrite(reinterpret_cast<const char *>(bytes), length))
      error = parser->parser
                  .parse(parser->rewritten.data(), parser->rewritten.size() - SIMDJSON_PADDING, false)
                  .get(root);
    if (error)
      return error_message(error);
    parser->nodes.clear();
    parser->append(root, nullptr, 0);
    *nodes = parser->nodes.data();
    return nullptr;
  } catch (const std::exception &) {
    return "out of memory";
  }
}

void csimdjson_shrink(csimdjson_parser *parser) {
  parser->parser = dom::parser();
  parser->nodes = {};
}
