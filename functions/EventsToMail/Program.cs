using ServerlessCqrs.EventsToMail;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Shop;

return await FunctionHost.RunAsync(args, function =>
{
    function.Services.AddMails<Addressees>(function.Configuration, ShopDomain.Instance, "EventsToMail");
    function.Services.AddShopMails(function.Configuration);
});
