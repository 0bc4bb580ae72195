// A stand-in for the WWE Service Client API, the object genesys.wwe.service. Test equipment: not the official file, and nothing
// of its text is in here. It does what the public description of that client says, defects included; "quirk n" is number n of
// section 6 of that description (service-client-api.md). The defects are the purpose: do not repair them.
//
// A classic script in sloppy mode (quirk 27). Three optional globals are for tests, and are not in the official client:
//   window.__standinTimeout   milliseconds until a request times out, read at each request; 10000 if it is not a number
//   window.__standinDebug     false: received messages are not logged; read at each message
//   window.__standinYear      2016 to 2023, set before this script runs: the client of that year; the newest if it is not a number
//   window.__standinOld       true before this script runs: a client of 2017
(function () {
  var USER_AGENT = 'WWE Client';
  var PROTOCOL_VERSION = 2;
  var TARGET_ORIGIN = '*'; // quirk 24

  // Every request, with its parameters in wire order; optional callbacks (succeeded, failed) follow them.
  // A "?" marks the one parameter whose place a callback may take (quirk 22).
  var requests = {
    auth: {
      getJwtToken: ''
    },
    agent: {
      get: '',
      getState: '',
      getStateList: '',
      setState: 'stateOperationName'
    },
    interaction: {
      getInteractions: '',
      getByInteractionId: 'interactionId',
      setUserData: 'interactionId keyValues',
      deleteUserData: 'interactionId key',
      selectCaseByCaseId: 'caseId',
      markdone: 'interactionId',
      blockMarkdone: 'interactionId warningMessage',
      unblockMarkdone: 'interactionId',
      accept: 'interactionId',
      reject: 'interactionId',
      singleStepTransfer: 'interactionId target userData extensions',
      singleStepConference: 'interactionId target userData extensions',
      consult: 'interactionId target userData extensions',
      completeTransfer: 'consultInteractionId',
      completeConference: 'consultInteractionId'
    },
    voice: {
      dial: 'destination userData?',
      dialEx: 'destination userData extensions',
      answer: 'interactionId',
      hold: 'interactionId',
      resume: 'interactionId',
      hangUp: 'interactionId',
      startCallRecording: 'interactionId',
      stopCallRecording: 'interactionId',
      pauseCallRecording: 'interactionId',
      resumeCallRecording: 'interactionId'
    },
    sipEndpoint: {
      muteMicrophone: '',
      unmuteMicrophone: '',
      muteSpeaker: '',
      unmuteSpeaker: '',
      isMicrophoneMute: '',
      isSpeakerMute: ''
    },
    email: {
      create: 'destination userData?'
    },
    media: {
      getMediaList: '',
      getMediaByName: 'mediaName',
      setState: 'mediaName stateOperationName'
    },
    outbound: {
      getCampaigns: '',
      getListOfCallResults: '',
      startDirectPushPreview: '',
      stopDirectPushPreview: '',
      getPreviewRecord: 'campaignName',
      getChainedRecords: 'interactionId',
      getRecordFields: 'interactionId',
      rejectPreviewRecord: 'interactionId',
      cancelPreviewRecord: 'interactionId',
      cancelReschedule: 'interactionId',
      getCallResult: 'interactionId',
      setDoNotCall: 'interactionId',
      removeDoNotCall: 'interactionId',
      updateRecordFields: 'interactionId recordData',
      callPreviewRecord: 'interactionId recordHandle',
      rescheduleRecord: 'interactionId recordHandle date callbackType',
      setCallResult: 'interactionId callResult'
    },
    system: {
      getAllowedServices: '',
      triggerActivity: '',
      popupToast: 'toast',
      updateToast: 'toastId toast',
      closeToast: 'toastId',
      openDialog: 'url options',
      closeDialog: 'dialogId',
      updateViewInApplicationMenuBar: 'view',
      closeViewInApplicationMenuBar: 'name',
      amIVisible: '',
      isFrameLeading: '',
      isFrameFollowing: '',
      isFrameNegotiating: '',
      isFrameLeadingOrNegotiating: '',
      isLastActiveFrame: ''
    },
    messenger: {
      broadcastMessage: 'channel message'
    },
    configuration: {
      getOption: 'options'
    }
  };

  // What came in which year: whole namespaces, and single methods. Older clients lack it.
  var since = {
    2017: 'interaction.selectCaseByCaseId interaction.markdone interaction.blockMarkdone interaction.unblockMarkdone ' +
      'voice.answer voice.hold voice.resume voice.hangUp ' +
      'voice.startCallRecording voice.stopCallRecording voice.pauseCallRecording voice.resumeCallRecording',
    2020: 'auth configuration interaction.accept interaction.reject',
    2021: 'outbound system.isFrameLeading system.isFrameFollowing system.isFrameNegotiating ' +
      'system.isFrameLeadingOrNegotiating system.isLastActiveFrame',
    2022: 'messenger system.openDialog system.closeDialog',
    2023: 'interaction.consult interaction.singleStepTransfer interaction.singleStepConference ' +
      'interaction.completeTransfer interaction.completeConference voice.dialEx'
  };

  var newest = 2023;
  var year = window.__standinOld === true ? 2017 : typeof window.__standinYear === 'number' ? window.__standinYear : newest;
  var service = new ServiceClientAPI();
  var nextId = 0; // starts again with every page (quirk 21)
  var pending = []; // requests that wait for their answer
  var givenWindow; // by targetWWEWindow
  var handlers = {}; // event name -> its only handler (quirk 1); a plain object (quirk 9)
  var subscriptions = {}; // source text of a callback -> its last subscription (quirks 2 and 3)

  function ServiceClientAPI() {}

  function log(e) {
    console.error('stand-in: ' + e.toString()); // throws for null and undefined (quirk 20)
  }

  // `this` is window, because the script is sloppy (quirk 27). An opener wins over the parent even in an iframe (quirk 29).
  function post(message) {
    var target = givenWindow || this.opener || this.parent;
    target.postMessage(message, TARGET_ORIGIN);
  }

  function send(message, succeeded, failed) {
    if (!message.referenceId) {
      message.referenceId = String(nextId++);
    }
    message.userAgent = USER_AGENT; // all this goes into the caller's object (quirk 17)
    message.protocolVersion = PROTOCOL_VERSION;
    if (window.frameId !== undefined) { // whoever has set it (quirk 26)
      message.frameId = window.frameId;
    }
    post(message); // may throw DataCloneError; the id is spent then (quirk 19)
    if (succeeded) { // `failed` alone is never called (quirk 10)
      wait(message.referenceId, succeeded, failed);
    }
    return message.referenceId;
  }

  function wait(referenceId, succeeded, failed) {
    var request = { referenceId: referenceId, succeeded: succeeded, failed: failed };
    var timeout = window.__standinTimeout;
    request.timer = setTimeout(function () {
      pending.splice(pending.indexOf(request), 1); // an answer after this finds nothing (quirk 13)
      call(failed, 'Request timeout'); // a string, unlike other failures (quirk 12)
    }, typeof timeout === 'number' ? timeout : 10000);
    pending.push(request);
  }

  function call(callback, message) {
    if (!callback) {
      return;
    }
    try {
      callback.call(service, message);
    } catch (e) {
      log(e);
    }
  }

  // No check of origin or source (quirk 23): the page's own messages come back here if it has no parent (quirk 30).
  function receive(event) {
    var message = event.data;
    if (typeof message === 'string') {
      if (message.indexOf('wwe') === 0 && service.onMessage) {
        service.onMessage(message);
      }
      return;
    }
    if (!message || !message.userAgent || message.userAgent.indexOf('WWE') === -1) { // may throw (quirk 31)
      return;
    }
    if (window.__standinDebug !== false) {
      console.log(JSON.stringify(message)); // everything, tokens too (quirk 25)
    }
    if (message.event) {
      handle(message);
    } else if (message.referenceId) {
      settle(message);
    } else if (message.frameId !== undefined) {
      window.frameId = message.frameId;
    }
  }

  function handle(message) {
    var handler = handlers[message.event];
    if (!handler) {
      return;
    }
    try {
      handler.callback.call(handler.context || window, message);
    } catch (e) {
      log(e); // swallowed (quirk 8)
    }
  }

  // No break, and the id leaves the message at the first match: a second request with this id stays unanswered (quirk 15), and
  // other listeners of the window see the message without its id (quirk 16). Nothing is removed if log throws (quirk 20).
  function settle(message) {
    for (var i = 0; i < pending.length; i++) {
      var request = pending[i];
      var same = year < 2020 ? request.referenceId == message.referenceId : request.referenceId === message.referenceId; // quirk 14
      if (same) {
        delete message.referenceId;
        call(message.errorMessage !== undefined ? request.failed : request.succeeded, message); // quirk 11
        clearTimeout(request.timer);
        pending.splice(i, 1);
      }
    }
  }

  service.sendMessage = function (message, succeeded, failed) {
    return send(message, succeeded, failed);
  };

  // The handler is registered when WWE has answered: earlier events are lost (quirk 5). A failure is told to nobody (quirk 6).
  service.subscribe = function (event, callback, context) {
    send({ event: 'subscribe', data: event }, function (reply) {
      subscriptions[callback] = { id: reply.subscriptionId, event: event };
      [].concat(event).forEach(function (name) {
        handlers[name] = { callback: callback, context: context };
      });
    }, function (failure) {
      console.error('stand-in: cannot subscribe to ' + event + ': ' + (failure.errorMessage || failure));
    });
    return this;
  };

  // Handlers go by event name, even if another callback has taken the name since (quirk 7).
  service.unsubscribe = function (callback) {
    var subscription = subscriptions[callback];
    if (subscription) {
      delete subscriptions[callback];
      send({ event: 'unsubscribe', data: subscription.id });
      // Older clients delete one key, "agent,media" for an array, and leave its handlers in place (quirk 4).
      (year < newest ? [subscription.event] : [].concat(subscription.event)).forEach(function (name) {
        delete handlers[name];
      });
    }
    return this;
  };

  service.targetWWEWindow = function (win) {
    givenWindow = win;
  };

  // Drops what is pending without a word, and leaves WWE subscribed (quirk 32).
  service.unload = function () {
    pending.forEach(function (request) {
      clearTimeout(request.timer);
    });
    pending = [];
    window.removeEventListener('message', receive);
  };

  // Methods return undefined: no id, no promise, no cancel (quirk 18).
  function method(name, parameters) {
    var count = parameters.length;
    var optional = count > 0 && parameters[count - 1].slice(-1) === '?';
    var api = function () {
      var args = Array.prototype.slice.call(arguments);
      if (optional && typeof args[count - 1] === 'function') {
        args.splice(count - 1, 0, null);
      }
      var message = { request: name };
      if (count > 0) { // no property `parameters` where the method has none
        message.parameters = [];
        for (var i = 0; i < count; i++) {
          message.parameters.push(args[i]); // undefined stays an element
        }
      }
      send(message, args[count], args[count + 1]);
    };
    return Object.defineProperty(api, 'length', { value: count + 2 }); // as of a function that names its parameters
  }

  function missing(name) {
    return Object.keys(since).some(function (came) {
      return year < came && since[came].split(' ').indexOf(name) !== -1;
    });
  }

  Object.keys(requests).forEach(function (namespace) {
    if (missing(namespace)) {
      return;
    }
    service[namespace] = {};
    Object.keys(requests[namespace]).forEach(function (name) {
      var request = namespace + '.' + name;
      if (!missing(request)) {
        service[namespace][name] = method(request, requests[namespace][name].split(' ').filter(Boolean));
      }
    });
  });

  window.addEventListener('message', receive);
  window.genesys = window.genesys || {};
  window.genesys.wwe = window.genesys.wwe || {};
  window.genesys.wwe.service = service;
  // Two more globals (quirk 28). A page's classic script that declares one of them by const or let does not run.
  Object.defineProperty(window, 'ServiceClientAPI', { value: ServiceClientAPI, writable: true, enumerable: true });
  Object.defineProperty(window, 'service', { value: service, writable: true, enumerable: true });
})();
