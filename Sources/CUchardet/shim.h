#pragma once
// The .pc file names the folder in some versions and not in others.
#if __has_include(<uchardet.h>)
#include <uchardet.h>
#else
#include <uchardet/uchardet.h>
#endif
