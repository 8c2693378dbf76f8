using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Import;

/// <summary>A product to create.</summary>
/// <param name="PriceInFile">What the file asks for, where that is more than the shop allows; then the command has the most that is allowed. Null otherwise.</param>
public sealed record CatalogueProduct(
    StreamId Stream,
    CreateProduct Command,
    decimal? PriceInFile)
{
    public CommandRecord ToRecord(Actor seller, DateTimeOffset at) => ImportedCommand.Of(Stream, Command, seller, at);
}
