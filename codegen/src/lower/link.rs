//! Everything into its final order, with its final numbers.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Lowering;
use super::boxing::insert_boxes;
use super::error_bodies::error_bodies;
use super::names::Names;
use super::open_maps::leave_to_others;
use crate::diagnostic::Code;
use crate::model::{
    AdditionalRule, KNOWN_CODES, Model, Payload, ProblemCode, Response, Schema, SchemaDef,
    SchemaId, SchemaRef, Shape, Tag, Type, TypeDef, TypeId,
};
use crate::source::NodeId;

/// The codes that operations list for statuses that usually have another.
fn codes(tags: &[Tag]) -> Vec<ProblemCode> {
    let operations = tags.iter().flat_map(|tag| &tag.operations);
    let listed = operations
        .flat_map(|operation| &operation.responses)
        .flat_map(Response::own_codes);
    let listed: BTreeSet<&str> = listed.collect();
    let mut names = Names::default();
    for (_, name) in KNOWN_CODES {
        names.take(name);
    }
    let named = listed.into_iter().map(|code| {
        let known = KNOWN_CODES.iter().find(|(known, _)| *known == code);
        let name = known.map(|(_, name)| (*name).to_owned());
        ProblemCode {
            name: name.unwrap_or_else(|| names.variant(code)),
            code: code.to_owned(),
        }
    });
    named.collect()
}

impl Lowering<'_> {
    /// Makes the model.
    pub(super) fn finish(mut self, mut tags: Vec<Tag>) -> Model {
        self.report_unused();
        let mut types = std::mem::take(&mut self.types.definitions);
        insert_boxes(&mut types);
        let mut named: BTreeMap<NodeId, Option<Schema>> = self
            .types
            .nodes()
            .chain(self.components.keys().copied())
            .map(|node| (node, None))
            .collect();

        // The rules of what is used, from the types and the operations on.
        let mut work: BTreeSet<NodeId> = types
            .iter()
            .map(|definition| node_of(definition.schema))
            .collect();
        let mut operations = Vec::new();
        visit_operations(&mut tags, &mut |_| {}, &mut |schema| {
            operations.push(schema)
        });
        for schema in operations {
            *schema = self.place(schema, &named, &mut work);
        }
        for schema in types.iter_mut().flat_map(alternatives) {
            *schema = self.place(schema, &named, &mut work);
        }
        while let Some(node) = work.pop_first() {
            if named.get(&node).is_some_and(Option::is_some) {
                continue;
            }
            let schema = self.in_place_rules(node, &named, &mut work);
            named.insert(node, Some(schema));
        }

        let type_order = sorted(&types, |definition| &definition.name);
        let schemas = self.named_schemas(&types, named);
        let schema_order = sorted(&schemas, |(_, definition)| &definition.name);
        let schema_ids: HashMap<NodeId, SchemaId> = schemas
            .iter()
            .zip(&schema_order)
            .map(|((node, _), place)| (*node, SchemaId(*place)))
            .collect();
        // An id that leads nowhere is a mistake of this program, and must not become a server that checks less.
        let is_lost = Cell::new(false);
        let schema_id = |id: SchemaId| {
            let found = schema_ids.get(&node_of(id)).copied();
            found.unwrap_or_else(|| {
                is_lost.set(true);
                SchemaId(usize::MAX)
            })
        };
        let type_id = |id: TypeId| match type_order.get(id.0) {
            Some(place) => TypeId(*place),
            None => {
                is_lost.set(true);
                TypeId(usize::MAX)
            }
        };

        let mut schemas = reordered(
            schemas
                .into_iter()
                .map(|(_, definition)| definition)
                .collect(),
            &schema_order,
        );
        for definition in &mut schemas {
            renumber_schema(&mut definition.schema, &schema_id);
        }
        for definition in &mut types {
            definition.schema = schema_id(definition.schema);
            renumber_shape(&mut definition.shape, &type_id, &schema_id);
        }
        let types = reordered(types, &type_order);
        let mut refs = Vec::new();
        visit_operations(
            &mut tags,
            &mut |ty| renumber_type(ty, &type_id),
            &mut |schema| refs.push(schema),
        );
        for schema in refs {
            renumber_ref(schema, &schema_id);
        }
        if is_lost.get() {
            let message = "The generator has lost a schema. Please report it with the document.";
            self.report(self.document.root, Code::Internal, message);
        }
        let info = self.info();
        let error_bodies = error_bodies(&mut tags, &types);
        let mut model = Model {
            title: info.title,
            version: info.version,
            description: info.description,
            types,
            schemas,
            security_schemes: self.security.finish(&mut tags),
            codes: codes(&tags),
            error_bodies,
            tags,
            document: std::mem::take(&mut self.bundle.value),
            runtime: self.settings.runtime.take(),
        };
        leave_to_others(&mut model);
        model
    }

    /// A reference to a node's rules: by name where they have one, and in place where they have none.
    fn place(
        &mut self,
        schema: &SchemaRef,
        named: &BTreeMap<NodeId, Option<Schema>>,
        work: &mut BTreeSet<NodeId>,
    ) -> SchemaRef {
        let SchemaRef::Named(id) = schema else {
            return schema.clone();
        };
        let node = node_of(*id);
        let node = self.types.same.get(&node).copied().unwrap_or(node);
        if named.contains_key(&node) || self.document.is_referred(node) {
            work.insert(node);
            return self.rules_of(node);
        }
        // Recursion is into the tree, which is not deep.
        SchemaRef::Inline(Box::new(self.in_place_rules(node, named, work)))
    }

    fn in_place_rules(
        &mut self,
        node: NodeId,
        named: &BTreeMap<NodeId, Option<Schema>>,
        work: &mut BTreeSet<NodeId>,
    ) -> Schema {
        let mut schema = self.rules(node);
        for child in children(&mut schema) {
            *child = self.place(child, named, work);
        }
        schema
    }

    fn named_schemas(
        &self,
        types: &[TypeDef],
        named: BTreeMap<NodeId, Option<Schema>>,
    ) -> Vec<(NodeId, SchemaDef)> {
        let mut wanted: HashMap<NodeId, &str> = HashMap::new();
        for definition in types {
            // Where there are two types, the one for responses has the plain name, which is the shorter one.
            let name = wanted
                .entry(node_of(definition.schema))
                .or_insert(&definition.name);
            if definition.name.len() < name.len() {
                *name = &definition.name;
            }
        }
        let mut names = Names::default();
        let mut out = Vec::new();
        let (typed, other): (Vec<_>, Vec<_>) = named
            .into_iter()
            .partition(|(node, _)| wanted.contains_key(node));
        for (node, schema) in typed.into_iter().chain(other) {
            let Some(schema) = schema else { continue };
            let name = match (wanted.get(&node), self.components.get(&node)) {
                (Some(name), _) => (*name).to_owned(),
                (None, Some(name)) => name.clone(),
                (None, None) => self.pointed_name(node),
            };
            let pointer = self.pointer(node);
            out.push((
                node,
                SchemaDef {
                    name: names.screaming(&name),
                    pointer,
                    schema,
                },
            ));
        }
        out
    }
}

fn node_of(id: SchemaId) -> NodeId {
    NodeId(u32::try_from(id.0).unwrap_or_default())
}

/// For each item, its place in the order by name.
fn sorted<T>(items: &[T], name: impl Fn(&T) -> &String) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|a, b| name(&items[*a]).cmp(name(&items[*b])));
    let mut places = vec![0; items.len()];
    for (place, item) in order.into_iter().enumerate() {
        places[item] = place;
    }
    places
}

fn reordered<T>(items: Vec<T>, places: &[usize]) -> Vec<T> {
    let mut pairs: Vec<(usize, T)> = places.iter().copied().zip(items).collect();
    pairs.sort_by_key(|(place, _)| *place);
    pairs.into_iter().map(|(_, item)| item).collect()
}

/// What decides between the alternatives of a type.
fn alternatives(definition: &mut TypeDef) -> Vec<&mut SchemaRef> {
    match &mut definition.shape {
        Shape::Union { variants, .. } => variants
            .iter_mut()
            .map(|variant| &mut variant.schema)
            .collect(),
        Shape::Struct { alternatives, .. } => alternatives.iter_mut().collect(),
        Shape::Enum { .. } | Shape::Newtype { .. } => Vec::new(),
    }
}

/// The schemas directly in a schema.
fn children(schema: &mut Schema) -> Vec<&mut SchemaRef> {
    let mut out: Vec<&mut SchemaRef> = Vec::new();
    out.extend(&mut schema.items);
    out.extend(
        schema
            .properties
            .iter_mut()
            .map(|property| &mut property.schema),
    );
    if let AdditionalRule::Schema(additional) = &mut schema.additional {
        out.push(additional);
    }
    out.extend(&mut schema.all_of);
    out.extend(&mut schema.any_of);
    out.extend(&mut schema.one_of);
    out.extend(&mut schema.not);
    out
}

fn renumber_schema(schema: &mut Schema, id: &dyn Fn(SchemaId) -> SchemaId) {
    for child in children(schema) {
        renumber_ref(child, id);
    }
}

fn renumber_ref(schema: &mut SchemaRef, id: &dyn Fn(SchemaId) -> SchemaId) {
    match schema {
        SchemaRef::Named(named) => *named = id(*named),
        SchemaRef::Inline(schema) => renumber_schema(schema, id),
    }
}

fn renumber_type(ty: &mut Type, id: &dyn Fn(TypeId) -> TypeId) {
    match ty {
        Type::Named(named) => *named = id(*named),
        Type::Array(inner) | Type::Map(inner) | Type::Boxed(inner) | Type::Nullable(inner) => {
            renumber_type(inner, id);
        }
        _ => {}
    }
}

fn renumber_shape(
    shape: &mut Shape,
    type_id: &dyn Fn(TypeId) -> TypeId,
    schema_id: &dyn Fn(SchemaId) -> SchemaId,
) {
    match shape {
        Shape::Struct {
            fields,
            alternatives,
            additional,
        } => {
            for schema in alternatives {
                renumber_ref(schema, schema_id);
            }
            for field in fields {
                renumber_type(&mut field.ty, type_id);
            }
            if let Some(additional) = additional {
                renumber_type(&mut additional.ty, type_id);
            }
        }
        Shape::Union { variants, .. } => {
            for variant in variants {
                renumber_type(&mut variant.ty, type_id);
                renumber_ref(&mut variant.schema, schema_id);
            }
        }
        Shape::Newtype { inner } => renumber_type(inner, type_id),
        Shape::Enum { .. } => {}
    }
}

/// Every type and every reference to rules in the operations.
fn visit_operations<'t>(
    tags: &'t mut [Tag],
    on_type: &mut dyn FnMut(&mut Type),
    on_schema: &mut dyn FnMut(&'t mut SchemaRef),
) {
    for operation in tags.iter_mut().flat_map(|tag| &mut tag.operations) {
        for parameter in &mut operation.parameters {
            on_type(&mut parameter.ty);
            on_schema(&mut parameter.schema);
        }
        let mut media: Vec<&'t mut crate::model::Media> = Vec::new();
        media.extend(operation.body.iter_mut().flat_map(|body| &mut body.content));
        for response in &mut operation.responses {
            for header in &mut response.headers {
                on_type(&mut header.ty);
            }
            media.extend(&mut response.content);
        }
        for media in media {
            match &mut media.payload {
                Payload::Json { ty, schema }
                | Payload::Form { ty, schema, .. }
                | Payload::Multipart { ty, schema, .. } => {
                    on_type(ty);
                    on_schema(schema);
                }
                Payload::Text { schema } => on_schema(schema),
                Payload::Problem | Payload::Binary => {}
            }
        }
    }
}
