/** Variables that well-known base images set, by the last part of the image's path (or a piece of it). */
const KNOWN: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /(?:^|\/)dotnet\//,
    ['APP_UID', 'ASPNET_VERSION', 'ASPNETCORE_HTTP_PORTS', 'DOTNET_VERSION', 'DOTNET_SDK_VERSION'],
  ],
  [/(?:^|\/)jupyter\//, ['NB_UID', 'NB_GID', 'NB_USER', 'CONDA_DIR', 'HOME', 'SHELL']],
  [/(?:^|\/)golang$/, ['GOPATH', 'GOLANG_VERSION', 'GOTOOLCHAIN']],
  [/(?:^|\/)node$/, ['NODE_VERSION', 'YARN_VERSION']],
  [/(?:^|\/)python$/, ['PYTHON_VERSION', 'PYTHON_SHA256', 'GPG_KEY', 'LANG']],
  [/(?:^|\/)pypy$/, ['PYPY_VERSION', 'LANG']],
  [
    /(?:^|\/)(?:openjdk|eclipse-temurin|amazoncorretto|ibm-semeru-runtimes)$/,
    ['JAVA_HOME', 'JAVA_VERSION', 'LANG'],
  ],
  [/(?:^|\/)maven$/, ['JAVA_HOME', 'JAVA_VERSION', 'MAVEN_HOME', 'MAVEN_CONFIG', 'LANG']],
  [/(?:^|\/)gradle$/, ['JAVA_HOME', 'JAVA_VERSION', 'GRADLE_HOME', 'GRADLE_VERSION', 'LANG']],
  [/(?:^|\/)tomcat$/, ['JAVA_HOME', 'CATALINA_HOME', 'TOMCAT_VERSION', 'LANG', 'LD_LIBRARY_PATH']],
  [/(?:^|\/)jetty$/, ['JAVA_HOME', 'JETTY_HOME', 'JETTY_BASE', 'JETTY_VERSION', 'TMPDIR']],
  [
    /(?:^|\/)(?:ruby|jruby)$/,
    ['RUBY_VERSION', 'GEM_HOME', 'BUNDLE_APP_CONFIG', 'BUNDLE_SILENCE_ROOT_WARNING', 'LANG'],
  ],
  [/(?:^|\/)rust$/, ['CARGO_HOME', 'RUSTUP_HOME', 'RUST_VERSION']],
  [
    /(?:^|\/)php$/,
    ['PHP_VERSION', 'PHP_INI_DIR', 'PHPIZE_DEPS', 'PHP_CFLAGS', 'PHP_CPPFLAGS', 'PHP_LDFLAGS', 'PHP_URL'],
  ],
  [/(?:^|\/)nginx$/, ['NGINX_VERSION', 'NJS_VERSION', 'PKG_RELEASE']],
  [/(?:^|\/)httpd$/, ['HTTPD_PREFIX', 'HTTPD_VERSION']],
  [/(?:^|\/)postgres$/, ['PGDATA', 'PG_MAJOR', 'PG_VERSION', 'LANG']],
  [/(?:^|\/)(?:mysql|mariadb)$/, ['MYSQL_VERSION', 'MYSQL_MAJOR', 'MARIADB_VERSION', 'GOSU_VERSION']],
  [/(?:^|\/)(?:redis|mongo)$/, ['REDIS_VERSION', 'MONGO_VERSION', 'MONGO_MAJOR', 'GOSU_VERSION']],
  [
    /(?:^|\/)cuda$/,
    ['CUDA_VERSION', 'LD_LIBRARY_PATH', 'LIBRARY_PATH', 'NVIDIA_VISIBLE_DEVICES', 'NV_CUDA_LIB_VERSION'],
  ],
  [/(?:^|\/)(?:miniconda3|anaconda3|micromamba)$/, ['LANG', 'CONDA_DIR', 'MAMBA_USER', 'MAMBA_ROOT_PREFIX']],
  [/(?:^|\/)spark(?:-py|-r)?$/, ['SPARK_HOME', 'JAVA_HOME']],
  [/(?:^|\/)jenkins$/, ['JENKINS_HOME', 'JENKINS_VERSION', 'JAVA_HOME', 'REF', 'LANG']],
  [/(?:^|\/)(?:elixir|erlang)$/, ['ELIXIR_VERSION', 'OTP_VERSION', 'LANG']],
  [/(?:^|\/)(?:elasticsearch|logstash|kibana)$/, ['ELASTIC_CONTAINER', 'JAVA_HOME']],
  [/(?:^|\/)docker$/, ['DOCKER_VERSION', 'DOCKER_TLS_CERTDIR', 'DOCKER_BUILDX_VERSION']],
];

/** The variables that an image of this name brings, as far as it is known. */
export function baseVariables(name: string): readonly string[] {
  return KNOWN.find(([pattern]) => pattern.test(name))?.[1] ?? [];
}
