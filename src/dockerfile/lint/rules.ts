// Made by scripts/generate-rules.ts from the files of rules/: do not edit.
import type { LintRule } from './rule.ts';
import { consistentInstructionCasing } from './rules/consistent-instruction-casing.ts';
import { copyIgnoredFile } from './rules/copy-ignored-file.ts';
import { dl1001 } from './rules/dl1001.ts';
import { dl3000 } from './rules/dl3000.ts';
import { dl3001 } from './rules/dl3001.ts';
import { dl3002 } from './rules/dl3002.ts';
import { dl3003 } from './rules/dl3003.ts';
import { dl3004 } from './rules/dl3004.ts';
import { dl3006 } from './rules/dl3006.ts';
import { dl3007 } from './rules/dl3007.ts';
import { dl3008 } from './rules/dl3008.ts';
import { dl3009 } from './rules/dl3009.ts';
import { dl3010 } from './rules/dl3010.ts';
import { dl3011 } from './rules/dl3011.ts';
import { dl3012 } from './rules/dl3012.ts';
import { dl3013 } from './rules/dl3013.ts';
import { dl3014 } from './rules/dl3014.ts';
import { dl3015 } from './rules/dl3015.ts';
import { dl3016 } from './rules/dl3016.ts';
import { dl3018 } from './rules/dl3018.ts';
import { dl3019 } from './rules/dl3019.ts';
import { dl3020 } from './rules/dl3020.ts';
import { dl3021 } from './rules/dl3021.ts';
import { dl3022 } from './rules/dl3022.ts';
import { dl3023 } from './rules/dl3023.ts';
import { dl3024 } from './rules/dl3024.ts';
import { dl3025 } from './rules/dl3025.ts';
import { dl3026 } from './rules/dl3026.ts';
import { dl3027 } from './rules/dl3027.ts';
import { dl3028 } from './rules/dl3028.ts';
import { dl3029 } from './rules/dl3029.ts';
import { dl3030 } from './rules/dl3030.ts';
import { dl3032 } from './rules/dl3032.ts';
import { dl3033 } from './rules/dl3033.ts';
import { dl3034 } from './rules/dl3034.ts';
import { dl3035 } from './rules/dl3035.ts';
import { dl3036 } from './rules/dl3036.ts';
import { dl3037 } from './rules/dl3037.ts';
import { dl3038 } from './rules/dl3038.ts';
import { dl3040 } from './rules/dl3040.ts';
import { dl3041 } from './rules/dl3041.ts';
import { dl3042 } from './rules/dl3042.ts';
import { dl3043 } from './rules/dl3043.ts';
import { dl3044 } from './rules/dl3044.ts';
import { dl3045 } from './rules/dl3045.ts';
import { dl3046 } from './rules/dl3046.ts';
import { dl3047 } from './rules/dl3047.ts';
import { dl3048 } from './rules/dl3048.ts';
import { dl3049 } from './rules/dl3049.ts';
import { dl3050 } from './rules/dl3050.ts';
import { dl3051 } from './rules/dl3051.ts';
import { dl3052 } from './rules/dl3052.ts';
import { dl3053 } from './rules/dl3053.ts';
import { dl3054 } from './rules/dl3054.ts';
import { dl3055 } from './rules/dl3055.ts';
import { dl3056 } from './rules/dl3056.ts';
import { dl3057 } from './rules/dl3057.ts';
import { dl3058 } from './rules/dl3058.ts';
import { dl3059 } from './rules/dl3059.ts';
import { dl3060 } from './rules/dl3060.ts';
import { dl3061 } from './rules/dl3061.ts';
import { dl3062 } from './rules/dl3062.ts';
import { dl3063 } from './rules/dl3063.ts';
import { dl3064 } from './rules/dl3064.ts';
import { dl3065 } from './rules/dl3065.ts';
import { dl3066 } from './rules/dl3066.ts';
import { dl3067 } from './rules/dl3067.ts';
import { dl4000 } from './rules/dl4000.ts';
import { dl4001 } from './rules/dl4001.ts';
import { dl4003 } from './rules/dl4003.ts';
import { dl4004 } from './rules/dl4004.ts';
import { dl4005 } from './rules/dl4005.ts';
import { dl4006 } from './rules/dl4006.ts';
import { duplicateStageName } from './rules/duplicate-stage-name.ts';
import { exposeInvalidFormat } from './rules/expose-invalid-format.ts';
import { exposeProtoCasing } from './rules/expose-proto-casing.ts';
import { fromAsCasing } from './rules/from-as-casing.ts';
import { fromPlatformFlagConstDisallowed } from './rules/from-platform-flag-const-disallowed.ts';
import { invalidDefaultArgInFrom } from './rules/invalid-default-arg-in-from.ts';
import { invalidDefinitionDescription } from './rules/invalid-definition-description.ts';
import { jsonArgsRecommended } from './rules/json-args-recommended.ts';
import { legacyKeyValueFormat } from './rules/legacy-key-value-format.ts';
import { maintainerDeprecated } from './rules/maintainer-deprecated.ts';
import { multipleInstructionsDisallowed } from './rules/multiple-instructions-disallowed.ts';
import { noEmptyContinuation } from './rules/no-empty-continuation.ts';
import { redundantTargetPlatform } from './rules/redundant-target-platform.ts';
import { reservedStageName } from './rules/reserved-stage-name.ts';
import { sc1072 } from './rules/sc1072.ts';
import { sc2015 } from './rules/sc2015.ts';
import { sc2028 } from './rules/sc2028.ts';
import { sc2035 } from './rules/sc2035.ts';
import { sc2046 } from './rules/sc2046.ts';
import { sc2086 } from './rules/sc2086.ts';
import { sc2153 } from './rules/sc2153.ts';
import { sc2154 } from './rules/sc2154.ts';
import { sc2155 } from './rules/sc2155.ts';
import { sc2164 } from './rules/sc2164.ts';
import { sc3001 } from './rules/sc3001.ts';
import { sc3006 } from './rules/sc3006.ts';
import { sc3010 } from './rules/sc3010.ts';
import { sc3011 } from './rules/sc3011.ts';
import { sc3014 } from './rules/sc3014.ts';
import { sc3020 } from './rules/sc3020.ts';
import { sc3028 } from './rules/sc3028.ts';
import { sc3030 } from './rules/sc3030.ts';
import { sc3037 } from './rules/sc3037.ts';
import { sc3040 } from './rules/sc3040.ts';
import { sc3043 } from './rules/sc3043.ts';
import { sc3046 } from './rules/sc3046.ts';
import { sc3054 } from './rules/sc3054.ts';
import { sc3057 } from './rules/sc3057.ts';
import { sc3060 } from './rules/sc3060.ts';
import { secretsUsedInArgOrEnv } from './rules/secrets-used-in-arg-or-env.ts';
import { stageNameCasing } from './rules/stage-name-casing.ts';
import { tsib1001 } from './rules/tsib1001.ts';
import { tsib1002 } from './rules/tsib1002.ts';
import { tsib1003 } from './rules/tsib1003.ts';
import { tsib1004 } from './rules/tsib1004.ts';
import { tsib1005 } from './rules/tsib1005.ts';
import { tsib1006 } from './rules/tsib1006.ts';
import { tsib1007 } from './rules/tsib1007.ts';
import { tsib1008 } from './rules/tsib1008.ts';
import { tsib1009 } from './rules/tsib1009.ts';
import { tsib1010 } from './rules/tsib1010.ts';
import { tsib1011 } from './rules/tsib1011.ts';
import { tsib1012 } from './rules/tsib1012.ts';
import { tsib1013 } from './rules/tsib1013.ts';
import { tsib1014 } from './rules/tsib1014.ts';
import { tsib1015 } from './rules/tsib1015.ts';
import { tsib1016 } from './rules/tsib1016.ts';
import { tsib1017 } from './rules/tsib1017.ts';
import { tsib1018 } from './rules/tsib1018.ts';
import { tsib1019 } from './rules/tsib1019.ts';
import { tsib1020 } from './rules/tsib1020.ts';
import { tsib1021 } from './rules/tsib1021.ts';
import { tsib1022 } from './rules/tsib1022.ts';
import { tsib1023 } from './rules/tsib1023.ts';
import { tsib1024 } from './rules/tsib1024.ts';
import { undefinedArgInFrom } from './rules/undefined-arg-in-from.ts';
import { undefinedVar } from './rules/undefined-var.ts';
import { workdirRelativePath } from './rules/workdir-relative-path.ts';

export const RULES: readonly LintRule[] = [
  consistentInstructionCasing,
  copyIgnoredFile,
  dl1001,
  dl3000,
  dl3001,
  dl3002,
  dl3003,
  dl3004,
  dl3006,
  dl3007,
  dl3008,
  dl3009,
  dl3010,
  dl3011,
  dl3012,
  dl3013,
  dl3014,
  dl3015,
  dl3016,
  dl3018,
  dl3019,
  dl3020,
  dl3021,
  dl3022,
  dl3023,
  dl3024,
  dl3025,
  dl3026,
  dl3027,
  dl3028,
  dl3029,
  dl3030,
  dl3032,
  dl3033,
  dl3034,
  dl3035,
  dl3036,
  dl3037,
  dl3038,
  dl3040,
  dl3041,
  dl3042,
  dl3043,
  dl3044,
  dl3045,
  dl3046,
  dl3047,
  dl3048,
  dl3049,
  dl3050,
  dl3051,
  dl3052,
  dl3053,
  dl3054,
  dl3055,
  dl3056,
  dl3057,
  dl3058,
  dl3059,
  dl3060,
  dl3061,
  dl3062,
  dl3063,
  dl3064,
  dl3065,
  dl3066,
  dl3067,
  dl4000,
  dl4001,
  dl4003,
  dl4004,
  dl4005,
  dl4006,
  duplicateStageName,
  exposeInvalidFormat,
  exposeProtoCasing,
  fromAsCasing,
  fromPlatformFlagConstDisallowed,
  invalidDefaultArgInFrom,
  invalidDefinitionDescription,
  jsonArgsRecommended,
  legacyKeyValueFormat,
  maintainerDeprecated,
  multipleInstructionsDisallowed,
  noEmptyContinuation,
  redundantTargetPlatform,
  reservedStageName,
  sc1072,
  sc2015,
  sc2028,
  sc2035,
  sc2046,
  sc2086,
  sc2153,
  sc2154,
  sc2155,
  sc2164,
  sc3001,
  sc3006,
  sc3010,
  sc3011,
  sc3014,
  sc3020,
  sc3028,
  sc3030,
  sc3037,
  sc3040,
  sc3043,
  sc3046,
  sc3054,
  sc3057,
  sc3060,
  secretsUsedInArgOrEnv,
  stageNameCasing,
  tsib1001,
  tsib1002,
  tsib1003,
  tsib1004,
  tsib1005,
  tsib1006,
  tsib1007,
  tsib1008,
  tsib1009,
  tsib1010,
  tsib1011,
  tsib1012,
  tsib1013,
  tsib1014,
  tsib1015,
  tsib1016,
  tsib1017,
  tsib1018,
  tsib1019,
  tsib1020,
  tsib1021,
  tsib1022,
  tsib1023,
  tsib1024,
  undefinedArgInFrom,
  undefinedVar,
  workdirRelativePath,
];
