using System.CommandLine;
using System.Diagnostics;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Operator.Import;
using ServerlessCqrs.Operator.Stacks;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using Spectre.Console;

namespace ServerlessCqrs.Operator.Commands;

/// <summary><c>import FILE</c>: a YAML catalogue becomes products of one seller.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "A YAML list of products: id, name, category, price; optional description, current_stock, image, style, gender_affinity." };
    private static readonly Option<string?> Seller = new("--seller") { Description = "Whose products they are. Default: the seller of the local stack's token.", HelpName = "SUB" };
    private static readonly Option<string> Currency = new("--currency") { Description = "The currency of all prices.", DefaultValueFactory = _ => "USD" };
    private static readonly Option<string> Warehouse = new("--warehouse") { Description = "Where the stock lies.", DefaultValueFactory = _ => "WH_001" };
    private static readonly Option<Uri> ImageBase = new("--image-base") { Description = "An image's URL is this, the category, and the file's name.", HelpName = "URL", DefaultValueFactory = _ => new Uri("https://images.example.com/") };
    private static readonly Option<bool> WaitVisible = new("--wait-visible") { Description = "Wait until readers see every product; --wait-visible false does not.", DefaultValueFactory = _ => true };
    private static readonly Option<int> Patience = new("--patience") { Description = "How many seconds may pass without anything happening.", HelpName = "SECONDS", DefaultValueFactory = _ => 60 };

    public static Command Create()
    {
        var stack = new StackOptions();
        var command = new Command("import", "Puts a catalogue on sale. Given again, it goes on where it was, and changes nothing that is there already.") { File, Seller, Currency, Warehouse, ImageBase, WaitVisible, Patience };
        stack.AddTo(command);
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
        command.SetAction((parsed, ct) => RunAsync(parsed, stack, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, StackOptions options, CancellationToken ct)
    {
        var catalogue = new Catalogue(
            parsed.GetRequiredValue(File),
            new CatalogueMapping(new CatalogueDefaults(parsed.GetRequiredValue(Currency), parsed.GetRequiredValue(Warehouse), parsed.GetRequiredValue(ImageBase))));
        var survey = catalogue.Survey();
        using var stack = await options.OpenAsync(parsed, TimeProvider.System, ct);
        var seller = new Actor(parsed.GetValue(Seller) ?? TokenSubject.Of(stack.SellerToken), Actor.Seller);

        var screen = new ImportScreen(AnsiConsole.Console);
        screen.Write($"importing {survey.Products:N0} products as seller {seller.Id}");
        screen.Show(survey.Broken);
        // An import has one command a stream, so nothing is asked of the order.
        var stream = new KinesisCommandStream(new KinesisRecordWriter(stack.Kinesis, stack.Names.CommandStream, RecordOrder.Any));
        var import = new CatalogueImport(stack.Tips, stack.Log, stream, stack.Models[ShopReadModels.ProductsV1], TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        var waitVisible = parsed.GetValue(WaitVisible);
        var report = await screen.RunAsync(
            survey.Products,
            waitVisible,
            progress => import.RunAsync(catalogue.Products(), seller, waitVisible, TimeSpan.FromSeconds(parsed.GetValue(Patience)), progress, ct));
        screen.Show(survey, report, Stopwatch.GetElapsedTime(began));
        return report.AllThere && survey.Broken.Count == 0 ? ExitCodes.Good : ExitCodes.NotGood;
    }
}
