//! What was made of delivered files while they were inspected: viewing copies, storyboards, waveforms, envelopes.
//!
//! The bytes lie in the vault like everything else, each under its own content. Whoever inspects a file again makes
//! all of it again.

use chrono::{DateTime, Utc};
use domain::{
    delivery::TransferStatus,
    id::{FileId, PackageId, RequestId},
    request::SourceType,
};

use crate::{
    Conn, Result, StorageError,
    column::Col,
    db::{change, find, list},
    vault::Key,
};

/// Something that was made of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// What it is called among the products of the file: `proxy.mp4`.
    pub name: String,
    /// The version of what makes it.
    pub recipe: u32,
    /// Where its bytes are.
    pub key: Key,
    /// How many.
    pub size: u64,
}

/// Notes what was made of a file. What was made of it before counts no longer.
pub async fn save_products(
    conn: &mut Conn,
    file: FileId,
    products: &[Product],
    at: DateTime<Utc>,
) -> Result<()> {
    const FORGET: &str = "DELETE FROM products WHERE file_id = $1";
    const NOTE: &str = "
        INSERT INTO products (file_id, name, recipe, vault_key, size, at) VALUES ($1, $2, $3, $4, $5, $6)";

    change!(conn, FORGET, Col(file))?;
    for Product { name, recipe, key, size } in products {
        let (name, key) = (name.as_str(), key.as_str());
        change!(conn, NOTE, Col(file), name, Col(*recipe), key, Col(*size), Col(at))?;
    }
    Ok(())
}

/// What was made under this name of the first file that succeeded last for the primary of a package.
pub async fn product_of_primary(
    conn: &mut Conn,
    package: PackageId,
    name: &str,
) -> Result<Option<Product>> {
    const REQUESTS: &str =
        "SELECT id, source_type FROM requests WHERE package_id = $1 ORDER BY number";
    const SQL: &str = "
        SELECT p.recipe, p.vault_key, p.size
          FROM transfers t
          JOIN transfer_files f ON f.transfer_id = t.id
          JOIN products p ON p.file_id = f.id
         WHERE t.request_id = $1 AND t.status = $2 AND p.name = $3
         ORDER BY t.initiated_at DESC, t.id DESC, f.position
         LIMIT 1";

    let requests: Vec<(Col<RequestId>, Col<SourceType>)> =
        list!(conn, "requests", REQUESTS, Col(package))?;
    for (request, _) in requests.into_iter().filter(|(_, it)| it.0.is_primary()) {
        let succeeded = Col(TransferStatus::Succeeded);
        let row: Option<(Col<u32>, String, Col<u64>)> =
            find!(conn, "products", SQL, Col(request.0), succeeded, name)?;
        if let Some((recipe, key, size)) = row {
            let bad =
                || StorageError::contradiction("products", request.0.0, "vault_key", "no digest");
            let key = Key::parse(&key).ok_or_else(bad)?;
            let product = Product { name: name.to_owned(), recipe: recipe.0, key, size: size.0 };
            return Ok(Some(product));
        }
    }
    Ok(None)
}
