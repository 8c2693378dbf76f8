using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Import;

/// <summary>A product to create.</summary>
/// <param name="PriceInFile">The price in the file if it exceeds the shop's maximum; the command then has the maximum.
/// Otherwise null.</param>
public sealed record CatalogueProduct(
    StreamId Stream,
    CreateProduct Command,
    decimal? PriceInFile)
{
    public CommandRecord ToRecord(Actor seller, DateTimeOffset at) => ImportedCommand.Of(Stream, Command, seller, at);
}
