//! Whose documents are whose from now on: every reader whose rights change with it is noted, so that its devices look again.

use super::{PLACE, Pool, StoreError, TELL, Writing, accounts, audit, begin};
use crate::store::{Event, Moved};

const NOTE: &str = "INSERT INTO access_changes (place, document, reader)
    SELECT $1 + ROW_NUMBER() OVER (ORDER BY documents.id, accounts.name), documents.id, accounts.name
    FROM documents, accounts WHERE ";

/// Notes that `reader` may read other documents about `subject` than before.
pub(super) async fn about(writing: &mut Writing, reader: &str, subject: &str) -> Result<(), StoreError> {
    note(writing, "accounts.name = $2 AND documents.subject = $3", &[reader, subject]).await
}

/// Notes that `reader` does not serve `left` any more, but `joined`.
pub(super) async fn of_member(
    writing: &mut Writing,
    reader: &str,
    left: &str,
    joined: &str,
) -> Result<(), StoreError> {
    let which =
        "accounts.name = $2 AND documents.team <> '' AND (documents.team = $3 OR documents.team = $4)";
    note(writing, which, &[reader, left, joined]).await
}

async fn note(writing: &mut Writing, which: &str, values: &[&str]) -> Result<(), StoreError> {
    let place: i64 = sqlx::query_scalar(PLACE).fetch_one(&mut **writing).await?;
    // The text is this program's own; what came from outside is bound.
    let query = sqlx::query(sqlx::AssertSqlSafe([NOTE, which].concat())).bind(place);
    let query = values.iter().fold(query, |query, value| query.bind((*value).to_owned()));
    let noted = query.execute(&mut **writing).await?.rows_affected();
    sqlx::query("UPDATE counters SET value = value + $1 WHERE name = 'place'")
        .bind(noted.cast_signed())
        .execute(&mut **writing)
        .await?;
    sqlx::raw_sql(TELL).execute(&mut **writing).await?;
    Ok(())
}

/// Gives documents to another team; returns how many.
pub(super) async fn transfer(
    pool: &Pool,
    moved: Moved,
    kinds: Vec<String>,
    team: String,
    event: Event,
) -> Result<u64, StoreError> {
    let mut writing = begin(pool).await?;
    audit::append(&mut writing, [event]).await?;
    let institution: Option<String> = sqlx::query_scalar(
        "SELECT institution FROM accounts WHERE team = $1 AND disabled = 0 ORDER BY name LIMIT 1",
    )
    .bind(&team)
    .fetch_optional(&mut *writing)
    .await?;
    let institution = institution.ok_or(StoreError::Missing)?;
    let (which, key) = match &moved {
        Moved::Subject(subject) => ("subject", subject),
        Moved::Team(team) => ("team", team),
    };
    // Whoever serves the team they leave or the one they come to.
    let noted = format!(
        "documents.{which} = $2 AND documents.kind = $3 AND documents.team <> $4
        AND accounts.team <> '' AND (accounts.team = documents.team OR accounts.team = $4)"
    );
    let update = format!(
        "UPDATE documents SET team = $3, institution = $4 WHERE {which} = $1 AND kind = $2 AND team <> $3"
    );
    let mut count = 0;
    for kind in &kinds {
        note(&mut writing, &noted, &[key, kind, &team]).await?;
        // The text is this program's own; what came from outside is bound.
        count += sqlx::query(sqlx::AssertSqlSafe(update.clone()))
            .bind(key)
            .bind(kind)
            .bind(&team)
            .bind(&institution)
            .execute(&mut *writing)
            .await?
            .rows_affected();
    }
    accounts::commit(writing).await?;
    Ok(count)
}
