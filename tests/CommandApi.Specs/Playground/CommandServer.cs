using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.CommandApi.Specs.Playground;

/// <summary>The whole service, with everything behind it in memory and its time virtual.</summary>
public sealed class CommandServer : WebApplicationFactory<Program>
{
    public CommandServer() => Shop = new ShopInMemory(Time);

    public SkippingTime Time { get; } = new();

    public ShopInMemory Shop { get; }

    public Identity Issuer { get; } = new();

    public CollectedLogs Logs { get; } = new();

    public FakePersonalData Personal { get; } = new();

    public HttpClient Seller => ClientOf(Identity.Token());

    public HttpClient OtherSeller => ClientOf(Identity.Token("seller-2"));

    public HttpClient Customer => ClientOf(Identity.Token("customer-1", ["customer"], email: "ann@example.org"));

    public HttpClient OtherCustomer => ClientOf(Identity.Token("customer-2", ["customer"], email: "ben@example.org"));

    public HttpClient Operator => ClientOf(Identity.Token("operator-1", ["operator"]));

    public HttpClient Nobody => CreateDefaultClient();

    public HttpClient ClientOf(string token)
    {
        var client = CreateDefaultClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("COMMAND_STREAM", "commands");
        builder.UseSetting("STREAM_TIPS_TABLE", "stream-tips");
        builder.UseSetting("CLICKHOUSE", "Host=127.0.0.1;Port=9");
        builder.UseSetting("PERSON_KEYS_TABLE", "person-keys");
        builder.UseSetting("MASTER_KEY", "file:never-made.key");
        builder.UseSetting("TOKEN_ISSUER", Identity.Issuer);
        builder.UseSetting("TOKEN_AUDIENCE", Identity.Audience);
        builder.UseSetting("CORS_ORIGINS", "https://shop.example.org, http://127.0.0.1:5173");
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Logs));
        builder.ConfigureTestServices(services => services
            .AddSingleton(Shop.Domain)
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<ICommandStream>(Shop)
            .AddSingleton<IStreamTips>(Shop)
            .AddSingleton<IEventLog>(Shop)
            .AddSingleton<IPersonalData>(Personal)
            .Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options => options.BackchannelHttpHandler = Issuer));
    }
}
