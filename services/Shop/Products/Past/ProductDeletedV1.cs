using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Products.Past;

/// <summary><see cref="ProductDeleted"/> before it recorded how many pieces were written off.</summary>
[WireName("ProductDeleted", 1)]
public sealed record ProductDeletedV1(string Reason) : IEvent;
