/* cli/version.h — what this program calls itself. */
#ifndef CLI_VERSION_H
#define CLI_VERSION_H

#ifndef DEMARCHE_VERSION
#define DEMARCHE_VERSION "0.1.0"
#endif

#endif
