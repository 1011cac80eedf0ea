//! Takes code out of the client that is linked but never runs.

use anyhow::{Result, ensure};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module, passes};

/// Part of the names of functions that wake a page up *later*, while its code is still being fetched.
///
/// Leptos keeps one for each kind of view, reachable through a table, so that the linker cannot know that nobody
/// calls it: our pages wake at once (`leptos::mount::hydrate_body`, not `hydrate_lazy`).
const LATER: &str = "hydrate_async";

/// Replaces what never runs by a trap, and drops all that only it had called.
pub fn what_never_runs(module: &mut Module) -> Result<()> {
    let never: Vec<_> = module
        .funcs
        .iter_local()
        .map(|(id, _)| id)
        .filter(|id| module.funcs.get(*id).name.as_deref().is_some_and(never_runs))
        .collect();
    ensure!(!never.is_empty(), "no function is called {LATER}: Leptos or the names have changed");
    for id in never {
        let trap = trap_like(id, module);
        module.funcs.get_mut(id).kind = FunctionKind::Local(trap);
    }
    passes::gc::run(module);
    Ok(())
}

/// Whether this is such a function, or the body of the future it returns, and nothing inside of it: the compiler
/// keeps one of several functions that came out the same, under any of their names, and what is inside may be
/// somebody else's as well.
fn never_runs(name: &str) -> bool {
    let Some((_, rest)) = name.rsplit_once(LATER) else { return false };
    let rest = rest.strip_prefix("::{{closure}}").unwrap_or(rest);
    let hash = rest.strip_prefix("::h").unwrap_or(rest);
    hash.chars().all(|it| it.is_ascii_hexdigit())
}

/// A function of the same type that only traps.
fn trap_like(id: FunctionId, module: &mut Module) -> LocalFunction {
    let ty = module.types.get(module.funcs.get(id).ty());
    let (params, results) = (ty.params().to_vec(), ty.results().to_vec());
    let mut trap = FunctionBuilder::new(&mut module.types, &params, &results);
    trap.func_body().unreachable();
    trap.local_func(params.iter().map(|it| module.locals.add(*it)).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const WAKING: &str = "<T as IntoAny>::into_any::hydrate_async::h0123";

    /// An exported function that calls everything, and one that only the function called `later` calls.
    fn module(later: &str) -> Module {
        let mut module = Module::default();
        let mut add = |name: &str, calls: &[FunctionId]| {
            let mut function = FunctionBuilder::new(&mut module.types, &[], &[]);
            for called in calls {
                function.func_body().call(*called);
            }
            function.name(name.to_owned());
            function.finish(Vec::new(), &mut module.funcs)
        };
        let only_later = add("only later", &[]);
        let called = [add("now", &[]), add(later, &[only_later])];
        let all = add("all", &called);
        module.exports.add("hydrate", all);
        module
    }

    #[test]
    fn what_is_called_only_from_there_is_dropped() -> Result<()> {
        let mut module = module(WAKING);
        what_never_runs(&mut module)?;
        let left: BTreeSet<_> = module.funcs.iter().filter_map(|it| it.name.as_deref()).collect();
        assert_eq!(left, BTreeSet::from([WAKING, "all", "now"]));
        Ok(())
    }

    #[test]
    fn a_client_without_such_names_is_refused() {
        assert!(what_never_runs(&mut module("hydrate_later")).is_err());
    }

    #[test]
    fn what_may_be_shared_with_others_stays() {
        let body = "<F as RenderHtml>::hydrate_async::{{closure}}";
        for (name, never) in [
            (body.to_owned(), true),
            (format!("{body}::h0123456789abcdef"), true),
            (format!("{body}::{{{{closure}}}}::h0123456789abcdef"), false),
            (format!("{body}::inner_1::h0123456789abcdef"), false),
            (format!("core::ptr::drop_in_place<{body}>"), false),
            ("<F as RenderHtml>::hydrate".to_owned(), false),
        ] {
            assert_eq!(never_runs(&name), never, "{name}");
        }
    }
}
