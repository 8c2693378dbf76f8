using System.Security.Cryptography;
using System.Text;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Operator.Import;

/// <summary>A product to create.</summary>
/// <param name="PriceInFile">What the file asks for, where that is more than the shop allows; then the command has the most that is allowed. Null otherwise.</param>
public sealed record CatalogueProduct(
    StreamId Stream,
    CreateProduct Command,
    decimal? PriceInFile)
{
    /// <summary>The command as it travels. Its ids come from stream, seller and content alone: importing again sends the same command.</summary>
    public CommandRecord ToRecord(Actor seller, DateTimeOffset at)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(ShopContracts.Commands.Write(Command)));
        var key = CommandIds.OfKey("import", seller.Id, Stream, Convert.ToHexStringLower(hash));
        return new CommandRecord(
            CommandIds.OfRequest(key, hash),
            key,
            Stream,
            Command,
            seller,
            DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()));
    }
}
