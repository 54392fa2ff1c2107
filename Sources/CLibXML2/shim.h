#pragma once
#include <libxml/HTMLparser.h>
// xmlStopParser and the parser context's fields are declared here, not in HTMLparser.h.
#include <libxml/parserInternals.h>

/// A parser that is fed with UTF-8. It reads UTF-8 whatever a `meta` says, fetches nothing and prints nothing.
/// - handlers: What is told of what is found, structured errors among it; copied.
/// - user_data: Handed to the handlers.
static inline htmlParserCtxtPtr winnow_html_parser(xmlSAXHandler *handlers, void *user_data) {
  // Only then the handler for structured errors is asked.
  handlers->initialized = XML_SAX2_MAGIC;
  htmlParserCtxtPtr parser =
      htmlCreatePushParserCtxt(handlers, user_data, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  if (parser == NULL) return NULL;
  htmlCtxtUseOptions(parser, HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED | HTML_PARSE_NODEFDTD |
                                 HTML_PARSE_IGNORE_ENC);
  return parser;
}

/// The version of the library that is there at run time, such as "20914".
static inline const char *winnow_libxml2_version(void) { return xmlParserVersion; }
