using System.CommandLine;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Operating.Commands;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Import;

/// <summary>
/// <c>import FILE</c> or <c>import products FILE</c>: creates one seller's products from a YAML catalogue. <c>import
/// customers</c> and <c>import orders</c> are its subcommands.
/// </summary>
internal static class ImportCommand
{
    private static readonly Argument<string> File = Values.TextOf("FILE").Argument(
        "A YAML list of products: id, name, category, price; optional description, current_stock, image, style, gender_affinity.");
    private static readonly Option<string?> Seller =
        Values.Sub.Option("--seller", "The seller of the products. Default: the seller of the local stack's token.");
    private static readonly Option<string> Currency =
        CatalogueValues.Currency.Option("--currency", "The currency of all prices.", "USD");
    private static readonly Option<string> Warehouse =
        CatalogueValues.Warehouse.Option("--warehouse", "The warehouse of the stock.", "WH_001");
    private static readonly Option<Uri> ImageBase = Values.HttpsUrl.Option(
        "--image-base",
        "Base of image URLs: the category and the file name follow.",
        new Uri("https://images.example.com/"));
    private static readonly Option<bool> WaitVisible = new("--wait-visible") { Description = "Wait until readers see every product. Turn it off with --wait-visible false.", DefaultValueFactory = _ => true };

    public static Command Create(OperatedSystem system)
    {
        var import = Products(system, "import");
        import.Subcommands.Add(Products(system, "products"));
        import.Subcommands.Add(ImportCustomersCommand.Create(system));
        import.Subcommands.Add(ImportOrdersCommand.Create(system));
        return import;
    }

    private static Command Products(OperatedSystem system, string name)
    {
        var options = new ImportOptions(system, patienceSeconds: 60);
        var command = new Command(name, "Imports a catalogue of products. Run it again to resume: existing products do not change.") { File, Seller, Currency, Warehouse, ImageBase, WaitVisible };
        options.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(parsed, options, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ImportOptions options, CancellationToken ct)
    {
        var mapping = new CatalogueMapping(new CatalogueDefaults(parsed.GetRequiredValue(Currency), parsed.GetRequiredValue(Warehouse), parsed.GetRequiredValue(ImageBase)));
        var file = new ImportFile<CatalogueProduct>(parsed.GetRequiredValue(File), mapping.Map, CatalogueMapping.LeftOut);
        List<CatalogueProduct> capped = [];
        var survey = file.Survey(product =>
        {
            if (product.PriceInFile is not null) capped.Add(product);
        });
        using var run = await options.OpenAsync(parsed, "products", survey, ct);
        var seller = new Actor(parsed.GetValue(Seller) ?? SellerOf(run.Stack.TokenOf(ShopRoles.Seller)), ShopRoles.Seller);
        var code = await run.ToTheEndAsync(
            file.Items().Select(product => product.ToRecord(seller, TimeProvider.System.GetUtcNow())).ToAsyncEnumerable(),
            parsed.GetValue(WaitVisible) ? new Visibility((await run.Stack.Live.NowAsync(ct)).Models.First(model => model.Followers[0].Category == ProductStreams.Category)) : null,
            ct);
        run.Screen.Show(capped);
        return code;
    }

    /// <exception cref="OperatorException">There is no token, or it has no subject.</exception>
    internal static string SellerOf(string? token) => token is null
        ? throw new OperatorException("A deployed stack needs --seller: the subject of the seller's token.")
        : TokenSubject.Of(token, reason => $"The stack's seller token cannot be read ({reason}): name the seller with --seller.");
}
