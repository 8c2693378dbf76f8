using System.CommandLine;
using ServerlessCqrs.Operator.Import;
using ServerlessCqrs.Operator.Stacks;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.Operator.Commands;

/// <summary><c>import FILE</c>, or <c>import products FILE</c>: a YAML catalogue becomes products of one seller. Beside it stand <c>import customers</c> and <c>import orders</c>.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "A YAML list of products: id, name, category, price; optional description, current_stock, image, style, gender_affinity." };
    private static readonly Option<string?> Seller = new("--seller") { Description = "Whose products they are. Default: the seller of the local stack's token.", HelpName = "SUB" };
    private static readonly Option<string> Currency = new("--currency") { Description = "The currency of all prices.", DefaultValueFactory = _ => "USD" };
    private static readonly Option<string> Warehouse = new("--warehouse") { Description = "Where the stock lies.", DefaultValueFactory = _ => "WH_001" };
    private static readonly Option<Uri> ImageBase = new("--image-base") { Description = "An image's URL is this, the category, and the file's name.", HelpName = "URL", DefaultValueFactory = _ => new Uri("https://images.example.com/") };
    private static readonly Option<bool> WaitVisible = new("--wait-visible") { Description = "Wait until readers see every product; --wait-visible false does not.", DefaultValueFactory = _ => true };

    static ImportCommand()
    {
        ImageBase.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps))
                result.AddError("--image-base must be an absolute https URL.");
        });
        Currency.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !ProductLimits.Currencies.Contains(result.Tokens[0].Value))
                result.AddError($"--currency must be one of {string.Join(", ", ProductLimits.Currencies)}.");
        });
    }

    public static Command Create()
    {
        var import = Products("import");
        import.Subcommands.Add(Products("products"));
        import.Subcommands.Add(ImportCustomersCommand.Create());
        import.Subcommands.Add(ImportOrdersCommand.Create());
        return import;
    }

    private static Command Products(string name)
    {
        var options = new ImportOptions(patienceSeconds: 60);
        var command = new Command(name, "Puts a catalogue on sale. Given again, it goes on where it was, and changes nothing that is there already.") { File, Seller, Currency, Warehouse, ImageBase, WaitVisible };
        options.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(parsed, options, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ImportOptions options, CancellationToken ct)
    {
        var mapping = new CatalogueMapping(new CatalogueDefaults(parsed.GetRequiredValue(Currency), parsed.GetRequiredValue(Warehouse), parsed.GetRequiredValue(ImageBase)));
        var file = new ImportFile<CatalogueProduct>(parsed.GetRequiredValue(File), mapping.Map);
        List<CatalogueProduct> capped = [];
        var survey = file.Survey(product =>
        {
            if (product.PriceInFile is not null) capped.Add(product);
        });
        using var run = await options.OpenAsync(parsed, "products", survey, ct);
        var seller = new Actor(parsed.GetValue(Seller) ?? TokenSubject.Of(run.Stack.SellerToken), Actor.Seller);
        var code = await run.ToTheEndAsync(
            file.Items().Select(product => product.ToRecord(seller, TimeProvider.System.GetUtcNow())).ToAsyncEnumerable(),
            parsed.GetValue(WaitVisible) ? new Visibility((await run.Stack.Live.NowAsync(ct)).Models.First(model => model.Followers[0].Category == ProductStreams.Category)) : null,
            ct);
        run.Screen.Show(capped);
        return code;
    }
}
