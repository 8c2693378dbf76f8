import type { components } from "./schema";

type Schemas = components["schemas"];

export type Product = Schemas["ProductBody"];
export type ProductSummary = Schemas["ProductSummaryBody"];
export type PriceHistory = Schemas["PriceHistoryBody"];
export type Review = Schemas["ApprovedReview"];
export type PendingReview = Schemas["PendingReview"];
export type Order = Schemas["OrderDocument"];
export type OrderItem = Schemas["OrderDocumentItem"];
export type CommandAnswer = Schemas["AnswerBody"];
export type CommandStatus = Schemas["CommandStatusBody"];
export type NewProduct = Schemas["NewProductBody"];
