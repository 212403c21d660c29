//! Checks the dependencies between the files of `src`: no circles, and only downwards, so that
//! nothing below the view uses the view.
//!
//! Reads `use` declarations and paths that begin with `crate::` or `super::`. A name that a module
//! re-exports counts as a use of the file that defines it; a re-export itself is not a use.

use std::collections::BTreeMap;
use std::path::Path;

/// A path in the tree of modules; empty for the root.
type Module = Vec<String>;

/// A module with the names that it imports, each with its path.
#[derive(Debug, Default)]
struct Source {
    imports: Vec<(String, Vec<String>)>,
    /// Paths that it uses: of its imports without re-exports, and outside of `use` declarations.
    paths: Vec<Vec<String>>,
}

#[derive(Debug, Default)]
struct Sources(BTreeMap<Module, Source>);

impl Sources {
    /// All modules below a folder. `main.rs` and files of tests are left out.
    fn read(folder: &Path, module: &[String]) -> Self {
        let mut all = Self::default();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let mut inner = module.to_vec();
            if path.is_dir() {
                inner.push(name);
                all.0.extend(Self::read(&path, &inner).0);
            } else if !["main", "tests", "testing"].contains(&name.as_str()) {
                if name != "lib" {
                    inner.push(name);
                }
                all.0.insert(inner, Source::parse(&std::fs::read_to_string(path).unwrap()));
            }
        }
        all
    }

    /// The module that defines what a path in `module` names; `None` for other crates.
    fn resolve(&self, module: &[String], path: &[String], depth: u8) -> Option<Module> {
        assert!(depth < 20, "{path:?} in {module:?}");
        let mut at = module.to_vec();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => (at, rest) = (Vec::new(), &path[1..]),
            "self" => rest = &path[1..],
            "super" => {
                while let [first, others @ ..] = rest
                    && first == "super"
                {
                    at.pop();
                    rest = others;
                }
            }
            first => {
                let is_child = self.0.contains_key(&[module, &[first.to_owned()]].concat());
                // `use memchr::memchr` names a crate, not itself.
                let is_imported = |(name, path): &(String, Vec<String>)| {
                    name == first && path.first().is_none_or(|crate_name| crate_name != first)
                };
                let is_imported = self.0[module].imports.iter().any(is_imported);
                if !is_child && (!is_imported || path.len() < 2) {
                    return None;
                }
            }
        }
        while let [first, others @ ..] = rest {
            let child = [at.as_slice(), std::slice::from_ref(first)].concat();
            if self.0.contains_key(&child) {
                (at, rest) = (child, others);
                continue;
            }
            let import = self.0.get(&at)?.imports.iter().find(|(name, _)| name == first);
            return match import.map(|(_, path)| path) {
                Some(path) => self.resolve(&at, path, depth + 1),
                None => Some(at),
            };
        }
        Some(at)
    }

    /// The other modules that a module uses.
    fn uses(&self, module: &Module) -> Vec<Module> {
        let paths = self.0[module].paths.iter();
        let mut uses: Vec<Module> =
            paths.filter_map(|path| self.resolve(module, path, 0)).collect();
        uses.retain(|used| used != module);
        uses.sort();
        uses.dedup();
        uses
    }
}

impl Source {
    fn parse(text: &str) -> Self {
        let text = text.split("\nmod tests {").next().unwrap_or_default();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = code.collect::<Vec<_>>().join("\n");
        let mut source = Self::default();
        let mut rest = String::new();
        let mut lines = code.lines();
        while let Some(line) = lines.next() {
            let bare = line.trim_start();
            let is_use = ["use ", "pub use ", "pub(crate) use ", "pub(super) use ", "pub(in "]
                .iter()
                .any(|start| bare.starts_with(start) && bare.contains("use "));
            if !is_use {
                rest += line;
                rest.push('\n');
                continue;
            }
            let mut tree = bare.split_once("use ").unwrap().1.to_owned();
            while !tree.ends_with(';') {
                tree += lines.next().expect("an unfinished use").trim();
            }
            let mut names = Vec::new();
            expand(tree.trim_end_matches(';'), &[], &mut names);
            if bare.starts_with("use ") {
                source.paths.extend(names.iter().map(|(_, path)| path.clone()));
            }
            source.imports.extend(names);
        }
        for root in ["crate::", "super::"] {
            for (at, _) in rest.match_indices(root) {
                let is_visibility = rest[..at].ends_with("pub(in ");
                if is_visibility || rest[..at].ends_with(|c: char| c == ':' || c.is_alphanumeric())
                {
                    continue;
                }
                let end = rest[at..]
                    .find(|c: char| c != ':' && c != '_' && !c.is_alphanumeric())
                    .unwrap_or(rest.len() - at);
                let path = rest[at..at + end].trim_end_matches(':').split("::");
                source.paths.push(path.map(str::to_owned).collect());
            }
        }
        source
    }
}

/// The names of a tree such as `a::{b, c::d as e}` with their paths.
fn expand(tree: &str, before: &[String], imports: &mut Vec<(String, Vec<String>)>) {
    let tree = tree.trim();
    let Some((head, inner)) = tree.split_once('{') else {
        let (path, name) = match tree.split_once(" as ") {
            Some((path, name)) => (path, Some(name)),
            None => (tree, None),
        };
        let mut all = before.to_vec();
        all.extend(path.trim().split("::").filter(|part| *part != "self").map(str::to_owned));
        if path.trim().starts_with("self::") {
            all.insert(0, "self".into());
        }
        let name = name.map(str::to_owned).or_else(|| all.last().cloned());
        imports.extend(name.map(|name| (name, all)));
        return;
    };
    let mut path = before.to_vec();
    path.extend(head.split("::").filter(|part| !part.is_empty()).map(str::to_owned));
    let inner = inner.strip_suffix('}').unwrap_or(inner);
    let (mut depth, mut from) = (0, 0);
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                expand(&inner[from..at], &path, imports);
                from = at + 1;
            }
            _ => {}
        }
    }
    if !inner[from..].trim().is_empty() {
        expand(&inner[from..], &path, imports);
    }
}

/// A circle of dependencies, if there is one.
fn circle<N: Ord + Clone>(arrows: &BTreeMap<N, Vec<N>>) -> Option<Vec<N>> {
    fn visit<N: Ord + Clone>(
        node: &N,
        arrows: &BTreeMap<N, Vec<N>>,
        done: &mut BTreeMap<N, bool>,
        path: &mut Vec<N>,
    ) -> bool {
        match done.get(node) {
            Some(true) => return false,
            Some(false) => {
                path.push(node.clone());
                return true;
            }
            None => {}
        }
        done.insert(node.clone(), false);
        path.push(node.clone());
        for next in arrows.get(node).into_iter().flatten() {
            if visit(next, arrows, done, path) {
                return true;
            }
        }
        path.pop();
        done.insert(node.clone(), true);
        false
    }
    let (mut done, mut path) = (BTreeMap::new(), Vec::new());
    let found = arrows.keys().any(|node| visit(node, arrows, &mut done, &mut path));
    found.then(|| {
        let from = path.iter().position(|node| Some(node) == path.last()).unwrap_or(0);
        path.split_off(from)
    })
}

fn sources() -> Sources {
    Sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &[])
}

#[test]
fn files_do_not_use_each_other_in_a_circle() {
    let sources = sources();
    let arrows: BTreeMap<_, _> =
        sources.0.keys().map(|module| (module.clone(), sources.uses(module))).collect();
    assert!(arrows.values().map(Vec::len).sum::<usize>() > 800, "the arrows are read");
    let circle = circle(&arrows);
    assert!(circle.is_none(), "{circle:#?}");
}

/// The modules at the top in the order of `src/lib.rs`: each uses only those below it.
const ORDER: [&str; 17] = [
    "cli",
    "runtime",
    "live",
    "config",
    "terminal",
    "view",
    "images",
    "keymap",
    "app",
    "store",
    "search",
    "load",
    "markup",
    "text",
    "collection",
    "process",
    "",
];

#[test]
fn modules_use_only_those_below_them() {
    let sources = sources();
    let rank = |module: &Module| {
        let top = module.first().map_or("", String::as_str);
        ORDER.iter().position(|name| *name == top).unwrap_or_else(|| panic!("{top} is listed"))
    };
    for module in sources.0.keys().filter(|module| !module.is_empty()) {
        for used in sources.uses(module).iter().filter(|used| !used.is_empty()) {
            assert!(rank(module) <= rank(used), "{module:?} uses {used:?}");
        }
    }
}
