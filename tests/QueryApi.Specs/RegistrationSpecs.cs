using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ServerlessCqrs.QueryApi.Specs;

/// <summary>What is registered last wins without a word, so nothing of ours is registered twice.</summary>
public sealed class RegistrationSpecs
{
    private static readonly string[] Tables =
    [
        "STREAM_TIPS", "PERSON_KEYS", "PRODUCTS_V1", "PRODUCTS_V2", "REVIEWS_V1", "ORDERS_V1", "PRODUCT_SEARCH_V1", "PRODUCT_SEARCH_V1_WORDS",
        "RECOMMENDATIONS_V1", "BEST_SELLERS_V1", "CHECKPOINTS",
    ];

    [Fact]
    public void No_service_of_the_query_service_overrides_another()
    {
        var settings = Tables.ToDictionary(table => $"{table}_TABLE", string? (table) => table);
        (settings["CLICKHOUSE"], settings["MASTER_KEY"]) = ("Host=127.0.0.1;Port=9", "file:never-made.key");
        var services = new ServiceCollection();

        services.AddQueries(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

        var twice = services.Where(service => IsOurs(service.ServiceType)).CountBy(service => (service.ServiceType, service.ServiceKey)).Where(service => service.Value > 1);
        Assert.Empty(twice.Select(service => service.Key.ServiceType.FullName));
    }

    private static bool IsOurs(Type type) =>
        type == typeof(TimeProvider) || type.FullName!.StartsWith("ServerlessCqrs.", StringComparison.Ordinal) || type.FullName.StartsWith("Amazon.", StringComparison.Ordinal);
}
