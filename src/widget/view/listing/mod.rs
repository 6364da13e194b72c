//! What stands round the rows of the conversation list: the search, the filters, the menu of a row.

pub mod found;
pub mod row_menu;
pub mod tools;
