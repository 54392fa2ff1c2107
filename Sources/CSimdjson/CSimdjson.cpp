#include "CSimdjson.h"

#include <simdjson.h>

#include <new>
#include <vector>

using namespace simdjson;

struct csimdjson_parser {
  dom::parser parser;
  std::vector<csimdjson_node> nodes;

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
    case dom::element_type::UINT64:
      // Only values above INT64_MAX arrive here; a double keeps their size, as JavaScript would.
      nodes[index].kind = csimdjson_number;
      nodes[index].number = double(uint64_t(element));
      break;
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

static bool begins_value(uint8_t byte) { return byte == ',' || byte == '[' || byte == '{'; }

bool csimdjson_exceeds(const uint8_t *bytes, size_t length, size_t limit) {
  // Strings counted as well: a loop that the compiler turns into vectors, and enough for nearly every text.
  size_t all = 0;
  for (size_t index = 0; index < length; index++)
    all += begins_value(bytes[index]);
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
    const error_code error = parser->parser.parse(bytes, length, false).get(root);
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
