using System.Globalization;
using System.Text;

namespace ServerlessCqrs.Journeys;

/// <summary>Imports a catalogue from a file twice, and sells from it.</summary>
[Collection(JourneysCollection.Name)]
public sealed class ImportJourney(LocalStack stack)
{
    [Fact]
    public async Task A_catalogue_is_imported_verified_and_imported_again_without_a_change()
    {
        var file = Path.Combine(stack.Data, "catalogue.yaml");
        await File.WriteAllTextAsync(file, Catalogue(150));

        var (exitCode, output) = await Operator.RunDeployedAsync(stack, "import", file, "--seller", "seller-1");
        Assert.True(exitCode == 0, output);
        await Operator.VerifyAsync(stack);
        var before = await EventsAsync();
        Assert.True(before >= 150, $"{before} events");

        (exitCode, output) = await Operator.RunAsync(stack, "import", file);
        Assert.True(exitCode == 0, output);
        Assert.Equal(before, await EventsAsync());
    }

    [Fact]
    public async Task A_sale_is_played_in_and_its_stock_and_mails_are_those_of_any_other()
    {
        var (product, buyer) = (Guid.NewGuid(), $"buyer-{Guid.NewGuid():N}"[..20]);
        await ImportAsync("products", $"- {{id: {product}, name: Lamp, category: imported, price: 10, current_stock: 5}}");
        await ImportAsync("customers", $"- {{subject: {buyer}, email: {buyer}@example.com, name: Ann}}");

        var output = await ImportAsync("orders", string.Join('\n', Enumerable.Range(0, 8).Select(_ => $"- {{id: {Guid.NewGuid()}, customer: {buyer}, items: [{{productId: {product}, quantity: 1}}]}}")));

        Assert.Contains("confirmed: 5", output, StringComparison.Ordinal);
        Assert.Contains("rejected: insufficient_stock: 3", output, StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await Mailbox.OfAsync(stack, buyer)).Count == 8, TimeSpan.FromSeconds(60), () => "not every order got its mail");
        Assert.All(await Mailbox.OfAsync(stack, buyer), mail => Assert.StartsWith("Hello Ann,", mail.Text, StringComparison.Ordinal));

        async Task<string> ImportAsync(string what, string yaml)
        {
            var file = Path.Combine(stack.Data, $"{what}.yaml");
            await File.WriteAllTextAsync(file, yaml);
            var (exitCode, text) = await Operator.RunDeployedAsync(stack, ["import", what, file, .. what == "products" ? ["--seller", "seller-1"] : Array.Empty<string>()]);
            Assert.True(exitCode == 0, text);
            return text;
        }
    }

    /// <summary>Counts all events except the canary's, which a schedule writes.</summary>
    private async Task<long> EventsAsync() => long.Parse(await ClickHouse.QueryAsync(stack, "SELECT count() FROM events FINAL WHERE actor != 'canary'"), CultureInfo.InvariantCulture);

    private static string Catalogue(int products)
    {
        var yaml = new StringBuilder();
        var random = new Random(7);
        var bytes = new byte[16];
        for (var i = 0; i < products; i++)
        {
            random.NextBytes(bytes);
            yaml.Append(CultureInfo.InvariantCulture, $"""
                - id: {new Guid(bytes)}
                  current_stock: {i % 40}
                  name: Imported product {i}
                  category: imported
                  style: plain
                  description: One of many, made for a journey.
                  price: {10 + i}.99
                  image: {i}.jpg

                """);
        }

        return yaml.ToString();
    }
}
