using Microsoft.Extensions.DependencyInjection;
using ServerlessCqrs.EventsToMail;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.Lambda;

return await FunctionHost.RunAsync(args, function =>
{
    function.Services.AddEventStore(function.Configuration);
    function.Services.AddPersonalData(function.Configuration);
    function.Services.AddMail(function.Configuration);
    function.Services.AddEventFollower(function.Configuration, "EventsToMail");
    function.Services.AddSingleton<ISqsBatchHandler, MailBatchHandler>();
});
