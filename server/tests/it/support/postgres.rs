//! A PostgreSQL of this test program's own, in a directory of its own; it ends with the program.

use sqlx::{Connection, PgConnection};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Makes, runs and removes a cluster; in memory where there is room for it, since making a database syncs a thousand files.
/// PostgreSQL refuses to run as root. Its end is the end of standard input.
const SCRIPT: &str = r#"
set -eu
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
base=/tmp
room=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1 || echo 0)
if [ -w /dev/shm ] && [ "$room" -gt 4000000 ]; then base=/dev/shm; fi
dir=$(mktemp -d "$base/xiangyi-postgres-XXXXXX")
as=
if [ "$(id -u)" = 0 ]; then chown postgres "$dir"; as="runuser -u postgres --"; fi
cd "$dir"
$as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C >/dev/null
$as "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=400 >"$dir/log" 2>&1 &
until "$bin/pg_isready" -q -h "$dir"; do kill -0 $!; sleep 0.05; done
echo "$dir"
read -r _ || true
$as "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null
rm -rf "$dir"
"#;

struct Cluster {
    dir: PathBuf,
    // Holds the other end of the script's standard input.
    _script: Child,
}

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let mut script = Command::new("bash")
            .args(["-c", SCRIPT])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("bash runs");
        let mut dir = String::new();
        let output = script.stdout.take().expect("an output");
        BufReader::new(output).read_line(&mut dir).expect("PostgreSQL starts");
        assert!(!dir.is_empty(), "PostgreSQL does not start: Debian's package postgresql is needed");
        Cluster { dir: PathBuf::from(dir.trim()), _script: script }
    })
}

/// Makes an empty database and returns its URL.
pub async fn database() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("test{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let cluster = tokio::task::spawn_blocking(cluster).await.expect("a cluster");
    let url = |name: &str| format!("postgres://postgres@localhost/{name}?host={}", cluster.dir.display());
    let mut connection = PgConnection::connect(&url("postgres")).await.expect("connects");
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::raw_sql(create).execute(&mut connection).await.expect("a database");
    url(&name)
}
