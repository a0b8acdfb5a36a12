//! Which list a search reads, and which of what is in it is shown.
//!
//! Every list is of one status, and is sorted by when properties were listed or by price; beside the lists of all properties there are
//! those of each state and of each city. A search reads the one with the fewest properties, between the prices where it is sorted by
//! price, and passes over what something else that is asked for does not hold of.

use civicforge_api::properties::ListPropertiesRequest;
use civicforge_api::types::{PropertySort, PropertyStatus};
use civicforge_kernel::table::feed::Feed;
use civicforge_kernel::table::{Index, Shards};
use civicforge_kernel::text::search;
use civicforge_runtime::path::Path;
use civicforge_runtime::status::BadRequest;
use civicforge_runtime::violation::{Part, Violations};

use super::item::Listing;
use super::keys::{self, Order, Scope};
use super::money::is_currency;

/// The currency of prices where nobody says another.
const DEFAULT_CURRENCY: &str = "USD";
/// The bounds of prices; the contract has them too.
const LEAST_PRICE: i64 = 1;
const MOST_PRICE: i64 = 999_999_999_999_999;

/// What is searched for, in the form in which it is compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    status: PropertyStatus,
    sort: PropertySort,
    city: Option<String>,
    state: Option<String>,
    prices: Option<(i64, i64)>,
    currency: Option<String>,
    min_bedrooms: Option<i32>,
    text: Option<String>,
}

impl Search {
    /// What a request searches for.
    ///
    /// # Errors
    ///
    /// Its prices are crossed, or there is no such currency.
    pub fn of(request: &ListPropertiesRequest) -> Result<Self, BadRequest> {
        let mut violations = Violations::new();
        let mut refuse = |name, rule, message: &'static str| {
            violations.locate_parameter(Part::Query, name);
            violations.add(&Path::Root, rule, message);
        };
        let currency = request.currency.as_ref();
        if currency.is_some_and(|currency| !is_currency(currency)) {
            refuse("currency", "currency", "must be a currency of ISO 4217");
        }
        let least = request.min_price.map(|price| *price);
        let most = request.max_price.map(|price| *price);
        let prices = (least.unwrap_or(LEAST_PRICE), most.unwrap_or(MOST_PRICE));
        if prices.0 > prices.1 {
            refuse("maxPrice", "minimum", "must be at least minPrice");
        }
        if !violations.is_empty() {
            return Err(BadRequest::default()
                .detail("The request breaks rules of the contract.")
                .violations(violations));
        }
        let prices = (least.is_some() || most.is_some()).then_some(prices);
        let is_priced = prices.is_some() || request.sort != PropertySort::Newest;
        let currency = currency.map(|currency| currency.to_string());
        Ok(Self {
            status: request.status,
            sort: request.sort,
            city: request.city.as_deref().map(search::folded),
            state: request.state.as_deref().map(search::folded),
            prices,
            currency: currency.or_else(|| is_priced.then(|| DEFAULT_CURRENCY.to_owned())),
            min_bedrooms: request.min_bedrooms,
            text: request.search.as_deref().and_then(search::needle),
        })
    }

    /// Whether texts are compared, which is most of the work where it is.
    pub fn has_text(&self) -> bool {
        self.text.is_some()
    }

    /// What it is, for tokens of its pages.
    pub fn filters(&self) -> Vec<(&'static str, String)> {
        let number = |number: Option<i64>| number.map_or_else(String::new, |n| n.to_string());
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        vec![
            ("status", self.status.to_string()),
            ("sort", self.sort.to_string()),
            ("city", text(&self.city)),
            ("state", text(&self.state)),
            ("minPrice", number(self.prices.map(|prices| prices.0))),
            ("maxPrice", number(self.prices.map(|prices| prices.1))),
            ("currency", text(&self.currency)),
            ("minBedrooms", number(self.min_bedrooms.map(i64::from))),
            ("search", text(&self.text)),
        ]
    }

    /// The list that it reads.
    pub fn feed(&self, shards: Shards) -> Feed {
        let scope = match (&self.city, &self.state) {
            (Some(city), _) => Scope::City(city),
            (None, Some(state)) => Scope::State(state),
            (None, None) => Scope::All,
        };
        let status = self.status.as_str();
        let order = match (self.sort, &self.currency) {
            (PropertySort::PriceAsc | PropertySort::PriceDesc, Some(currency)) => {
                Order::Price(currency)
            }
            _ => Order::Created,
        };
        let feed = Feed::new(Index::Gsi2, keys::list(status, scope, order, shards));
        let feed = match (order, self.prices) {
            (Order::Price(_), Some((least, most))) => {
                let (from, to) = keys::prices(least, most);
                feed.between(from, to)
            }
            _ => feed,
        };
        match self.sort {
            PropertySort::PriceAsc => feed.oldest_first(),
            PropertySort::Newest | PropertySort::PriceDesc => feed,
        }
    }

    /// Whether it finds what is in its list.
    pub fn finds(&self, listing: &Listing) -> bool {
        // Of its status, and of its city or else its state, is the list itself.
        let is_there = match (&self.city, &self.state) {
            (Some(_), Some(state)) => *state == search::folded(&listing.state),
            _ => true,
        };
        let (currency, prices) = (self.currency.as_ref(), self.prices);
        is_there
            && currency.is_none_or(|currency| *currency == *listing.currency)
            && prices.is_none_or(|(least, most)| (least..=most).contains(&*listing.price_minor))
            && self
                .min_bedrooms
                .is_none_or(|least| listing.bedrooms >= least)
            && self.text.as_deref().is_none_or(|text| says(listing, text))
    }
}

fn says(listing: &Listing, text: &str) -> bool {
    let parts = [
        &listing.title,
        &listing.address,
        &listing.city,
        &listing.state,
        &listing.zip_code,
    ];
    { parts }.iter().any(|part| search::is_in(text, part))
}
