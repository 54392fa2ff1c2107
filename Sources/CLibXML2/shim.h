#pragma once
#include <libxml/HTMLparser.h>
// xmlStopParser and the parser context's fields are declared here, not in HTMLparser.h.
#include <libxml/parserInternals.h>
