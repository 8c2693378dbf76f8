using System.Globalization;
using System.Text;

namespace ServerlessCqrs.Journeys;

/// <summary>A catalogue from a file, twice.</summary>
[Collection(JourneysCollection.Name)]
public sealed class ImportJourney(LocalStack stack)
{
    [Fact]
    public async Task A_catalogue_is_imported_verified_and_imported_again_without_a_change()
    {
        var file = Path.Combine(stack.Data, "catalogue.yaml");
        await File.WriteAllTextAsync(file, Catalogue(150));

        var (exitCode, output) = await Operator.RunAsync(stack, "import", file);
        Assert.True(exitCode == 0, output);
        await Operator.VerifyAsync(stack);
        var before = await EventsAsync();
        Assert.True(before >= 150, $"{before} events");

        (exitCode, output) = await Operator.RunAsync(stack, "import", file);
        Assert.True(exitCode == 0, output);
        Assert.Equal(before, await EventsAsync());
    }

    /// <summary>All but the canary's, which writes by itself.</summary>
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
