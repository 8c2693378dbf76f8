using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventsToMail;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;

return await FunctionHost.RunAsync(args, function =>
{
    function.Services.AddEventStore(function.Configuration, ShopDomain.Instance);
    function.Services.AddPersonalData(function.Configuration);
    function.Services.AddMail(function.Configuration);
    function.Services.AddEventFollower(function.Configuration, ShopDomain.Instance, "EventsToMail");
    function.Services.AddSingleton<ISqsBatchHandler, MailBatchHandler>();
});
