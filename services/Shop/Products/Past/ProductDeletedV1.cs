using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Products.Past;

/// <summary><see cref="ProductDeleted"/> as it was stored before it told what was written off.</summary>
[WireName("ProductDeleted", 1)]
public sealed record ProductDeletedV1(string Reason) : IEvent;
