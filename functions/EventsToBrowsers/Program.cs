using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventsToBrowsers;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Push;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Web;

return await FunctionHost.RunAsync(args, function =>
{
    var edge = new EdgeHeaders(ShopDomain.HeaderPrefix);
    function.Services.AddStreamTips(function.Configuration, ShopDomain.Instance);
    function.Services.AddTokenAuthentication(TokenSettings.From(function.Configuration), ShopDomain.Instance);
    function.Services.AddEdgeOnly(function.Configuration, edge);
    function.Services.AddSingleton<IWatcherTokens, AccessTokenSubjects>();
    function.Services.AddEventFollower(function.Configuration, ShopDomain.Instance, "EventsToBrowsers");
    function.Services.AddPush(function.Configuration, ShopWatching.Rules, services =>
    {
        var secrets = services.GetRequiredService<EdgeSecrets>();
        return (headers, ct) => secrets.CameByEdgeAsync(headers, edge.Secret, ct);
    });
});
