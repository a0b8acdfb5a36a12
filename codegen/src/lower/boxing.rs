//! Types that contain themselves by value need a box, or they would be endless in size.
//!
//! A list or a map already puts its values on the heap. Among the other edges, those within one strongly connected
//! component are boxed.

use crate::model::{Shape, Type, TypeDef, TypeId};

/// Boxes what must be.
pub fn insert_boxes(types: &mut [TypeDef]) {
    let component = components(types);
    let within = |from: usize, to: TypeId| component.get(from) == component.get(to.0);
    for (from, definition) in types.iter_mut().enumerate() {
        for ty in by_value_slots(&mut definition.shape) {
            box_named(ty, &|to| within(from, to));
        }
    }
}

/// The types that a shape holds directly.
fn by_value_slots(shape: &mut Shape) -> Vec<&mut Type> {
    match shape {
        Shape::Struct { fields, .. } => fields.iter_mut().map(|field| &mut field.ty).collect(),
        Shape::Union { variants, .. } => {
            variants.iter_mut().map(|variant| &mut variant.ty).collect()
        }
        Shape::Newtype { inner } => vec![inner],
        Shape::Enum { .. } => Vec::new(),
    }
}

fn box_named(ty: &mut Type, within: &dyn Fn(TypeId) -> bool) {
    match ty {
        Type::Nullable(inner) => box_named(inner, within),
        Type::Named(id) if within(*id) => *ty = Type::Boxed(Box::new(Type::Named(*id))),
        _ => {}
    }
}

fn by_value(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Nullable(inner) => by_value(inner),
        Type::Named(id) => Some(*id),
        _ => None,
    }
}

fn edges(definition: &TypeDef) -> Vec<usize> {
    let types: Vec<&Type> = match &definition.shape {
        Shape::Struct { fields, .. } => fields.iter().map(|field| &field.ty).collect(),
        Shape::Union { variants, .. } => variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Newtype { inner } => vec![inner],
        Shape::Enum { .. } => Vec::new(),
    };
    types
        .into_iter()
        .filter_map(by_value)
        .map(|id| id.0)
        .collect()
}

/// For each type the number of its strongly connected component, by Tarjan's algorithm with a stack of its own.
/// A type that is alone and does not contain itself gets a number that no edge from it shares.
fn components(types: &[TypeDef]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let edges: Vec<Vec<usize>> = types.iter().map(edges).collect();
    let mut index = vec![NEW; types.len()];
    let mut low = vec![0; types.len()];
    let mut component = vec![NEW; types.len()];
    let mut open = Vec::new();
    let (mut clock, mut count) = (0, 0);
    for start in 0..types.len() {
        if index[start] != NEW {
            continue;
        }
        let mut work = vec![(start, 0)];
        while let Some((node, next)) = work.pop() {
            if next == 0 {
                index[node] = clock;
                low[node] = clock;
                clock += 1;
                open.push(node);
            }
            if let Some(to) = edges[node].get(next).copied() {
                work.push((node, next + 1));
                if index[to] == NEW {
                    work.push((to, 0));
                } else if component[to] == NEW {
                    low[node] = low[node].min(index[to]);
                }
                continue;
            }
            if low[node] == index[node] {
                while let Some(member) = open.pop() {
                    component[member] = count;
                    if member == node {
                        break;
                    }
                }
                count += 1;
            }
            if let Some((parent, _)) = work.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
        }
    }
    component
}
