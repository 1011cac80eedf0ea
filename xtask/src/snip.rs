//! Takes code out of the client that is linked but never runs.

use anyhow::{Result, ensure};
use walrus::{FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module, passes};

/// Parts of the names of functions that Leptos keeps for each kind of view and attribute, reachable through a
/// table, so that the linker cannot know that nobody calls them.
///
/// The first wakes a page up *later*, while its code is still being fetched; ours wake at once
/// (`leptos::mount::hydrate_body`, not `hydrate_lazy`). The second wakes copies of a `<template>`; we have none.
const NEVER: [&str; 2] = ["hydrate_async", "hydrate_from_template"];

/// Replaces what never runs by a trap, and drops all that only it had called.
pub fn what_never_runs(module: &mut Module) -> Result<()> {
    for name in NEVER {
        let named = |id: &FunctionId| {
            module.funcs.get(*id).name.as_deref().is_some_and(|it| it.contains(name))
        };
        let never: Vec<_> = module.funcs.iter_local().map(|(id, _)| id).filter(named).collect();
        ensure!(
            !never.is_empty(),
            "no function is called {name}: Leptos or the names have changed"
        );
        for id in never {
            let trap = trap_like(id, module);
            module.funcs.get_mut(id).kind = FunctionKind::Local(trap);
        }
    }
    passes::gc::run(module);
    Ok(())
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

    const LATER: &str = "<T as IntoAny>::into_any::hydrate_async";
    const COPIED: &str = "<T as IntoAnyAttribute>::into_any_attr::hydrate_from_template";

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
        let called = [add("now", &[]), add(later, &[only_later]), add(COPIED, &[])];
        let all = add("all", &called);
        module.exports.add("hydrate", all);
        module
    }

    #[test]
    fn what_is_called_only_from_there_is_dropped() -> Result<()> {
        let mut module = module(LATER);
        what_never_runs(&mut module)?;
        let left: BTreeSet<_> = module.funcs.iter().filter_map(|it| it.name.as_deref()).collect();
        assert_eq!(left, BTreeSet::from([LATER, COPIED, "all", "now"]));
        Ok(())
    }

    #[test]
    fn a_client_without_such_names_is_refused() {
        assert!(what_never_runs(&mut module("hydrate_later")).is_err());
    }
}
